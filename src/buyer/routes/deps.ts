import type { IdentityDeps, SignIn } from '../../identity/index.ts'
import type { BuyerPorts } from '../ports.ts'

export interface BuyerDeps {
  readonly ports: BuyerPorts
  readonly identity: IdentityDeps
  readonly signIn: SignIn
}
