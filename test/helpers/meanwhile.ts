/** Something is other than it should be, until it is taken back, whatever comes of the work. */
export async function meanwhile(undo: () => unknown, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } finally {
    await undo()
  }
}
