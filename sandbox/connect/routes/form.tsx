/** The hosted form on which a customer answers an inquiry: reached by link, open to whoever holds its code. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { VNode } from 'preact'
import { Notice, page, sendPage } from '../../layout.tsx'
import { isStructured, type ParameterDefinition } from '../catalogue/definitions.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { RequestRecord } from '../records.ts'
import { Refusal } from '../refusal.ts'
import { isRequired, missingParams } from '../requests/params.ts'
import { pendRequest, updateRequest } from '../requests/provider.ts'
import { assetOf, productOf, type State } from '../state.ts'
import { ParamInput, readParamInput } from './form-fields.tsx'
import { formBodies } from './forms.ts'
import { param } from './http.ts'

export function formRoutes(app: FastifyInstance, state: State): void {
  formBodies(app)
  const open = (call: FastifyRequest): RequestRecord | undefined => {
    const request = state.requests.get(param(call, 'id'))
    const code = isObject(call.query) ? call.query['code'] : undefined
    return request?.formCode !== undefined && request.formCode === code ? request : undefined
  }

  app.get('/forms/:id', (call, reply) => {
    const request = open(call)
    return request ? sendPage(reply, formPage(state, request, [])) : sendClosed(reply)
  })
  app.post('/forms/:id', (call, reply) => {
    const request = open(call)
    if (!request) return sendClosed(reply)
    const faults = answer(state, request, call.body)
    return faults.length > 0 ? sendPage(reply, formPage(state, request, faults), 400) : sendPage(reply, thanksPage(state, request))
  })
  app.get('/vendor/:action', (_call, reply) =>
    sendPage(reply, shortPage('Larkspur Software', 'Here the software of the vendor would open, signed in as the customer.')),
  )
}

/** What is asked: required and still empty, or called wrong by the vendor. */
const askedOf = (state: State, request: RequestRecord): readonly ParameterDefinition[] => {
  const product = productOf(state, assetOf(state, request))
  const missing = missingParams(product, request.params)
  return missing.length > 0 ? missing : product.parameters.filter((each) => each.phase === 'ordering' && isRequired(each, request.params))
}

function answer(state: State, request: RequestRecord, body: unknown): readonly string[] {
  const params: JsonObject[] = askedOf(state, request).map((definition) => ({
    id: definition.name,
    [isStructured(definition.type) ? 'structured_value' : 'value']: readParamInput(definition, body),
  }))
  try {
    updateRequest(state, request, { asset: { params } }, 'provider')
    pendRequest(state, request, request.formCode)
    return []
  } catch (error) {
    if (error instanceof Refusal) return error.message.split('asset.params.').filter(Boolean)
    throw error
  }
}

function formPage(state: State, request: RequestRecord, faults: readonly string[]): string {
  const asset = assetOf(state, request)
  const product = productOf(state, asset)
  const asked = askedOf(state, request)
  return page({
    title: `${product.seed.name}: a question about your order`,
    section: 'desk',
    narrow: true,
    children: (
      <div class="card">
        <p class="muted small">Larkspur Software</p>
        <h1>A question about your order</h1>
        <p class="lead">
          {product.seed.name} for {state.tierAccounts.get(asset.tiers.customer)?.name}
        </p>
        {request.message && (
          <Notice>
            {request.message.split('\n\n').map((text) => (
              <p key={text}>{text}</p>
            ))}
          </Notice>
        )}
        {faults.length > 0 && (
          <Notice tone="bad">
            <p>Please look at this again:</p>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </Notice>
        )}
        <form method="post" class="stack" action={`/connect/forms/${request.id}?request_id=${request.id}&code=${request.formCode ?? ''}`}>
          {asked.map((definition) => (
            <ParamInput
              key={definition.name}
              definition={definition}
              entry={request.params.get(definition.name)}
              required={isRequired(definition, request.params)}
            />
          ))}
          {asked.length === 0 && <p>There is nothing to fill in. Send the form to let the vendor go on.</p>}
          <button class="button primary wide" type="submit">
            Send the answer
          </button>
        </form>
      </div>
    ),
  })
}

const thanksPage = (state: State, request: RequestRecord): string =>
  shortPage(
    'Thank you',
    `Your answer is with the vendor of ${productOf(state, assetOf(state, request)).seed.name}. You can close this page.`,
  )

const sendClosed = (reply: FastifyReply): FastifyReply =>
  sendPage(reply, shortPage('This form is closed', 'The link is wrong, or the question has been answered already.'), 404)

const shortPage = (title: string, text: string): string => page({ title, section: 'desk', narrow: true, children: Short({ title, text }) })

const Short = ({ title, text }: { readonly title: string; readonly text: string }): VNode => (
  <div class="card">
    <h1>{title}</h1>
    <p class="lead">{text}</p>
  </div>
)
