/** Colours, sizes, distances. The accent comes from the theme file of the publisher. */
export const tokens = `
:root {
  color-scheme: light dark;
  --page: #f5f6f9; --surface: #ffffff; --sunken: #eef0f5; --text: #1a1e29; --muted: #555d6e; --line: #dfe3ea; --border: #7c8496;
  --good: #11643d; --good-soft: #e1f4e9; --warn: #7a4a00; --warn-soft: #fdf1da; --bad: #a61b29; --bad-soft: #fdeaec;
  --shadow: 0 1px 2px rgb(20 26 40 / .05), 0 12px 32px -8px rgb(20 26 40 / .09);
  --radius: 16px; --radius-small: 10px;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12151c; --surface: #1b1f29; --sunken: #262b38; --text: #eef0f6; --muted: #a9b1c2; --line: #323948; --border: #7f8799;
    --good: #82dfb0; --good-soft: #17352a; --warn: #f3c878; --warn-soft: #392d15; --bad: #ffa0a7; --bad-soft: #431c22;
    --shadow: 0 1px 2px rgb(0 0 0 / .35);
  }
}`
