/**
 * The order form: questions come, go, and become required or read-only with other answers; what is wrong is said beside the field before
 * anything is sent; a form is sent once.
 */
export const formScript = `
const form = document.querySelector('form[data-rules]')
if (form) {
  const rules = JSON.parse(form.dataset.rules)
  const isBox = (control) => control.type === 'checkbox' || control.type === 'radio'
  const controlsOf = (name) => {
    const found = form.elements.namedItem(name)
    return found === null ? [] : found instanceof RadioNodeList ? [...found] : [found]
  }
  const valuesOf = (name) => controlsOf(name).filter((control) => !isBox(control) || control.checked).map((control) => control.value)
  const givenNow = () => Object.fromEntries(rules.flatMap((rule) => rule.inputs.map(({ name }) => [name, valuesOf(name)])))

  const setDefault = (control, at, defaults) => {
    if (isBox(control)) control.checked = defaults.includes(control.value)
    else control.value = defaults[at] ?? ''
  }
  const setReadonly = (control, on) => {
    if ('readOnly' in control && !isBox(control)) control.readOnly = on
    else control.disabled = on
  }
  const apply = () => {
    const states = answerStates(rules, givenNow())
    for (const rule of rules) {
      const state = states[rule.name]
      const box = form.querySelector('[data-entry="' + CSS.escape(rule.name) + '"]')
      if (!state || !box) continue
      box.hidden = state.hidden
      box.removeAttribute('data-off')
      box.querySelector('[data-optional]')?.toggleAttribute('hidden', state.required)
      rule.inputs.forEach(({ name }, at) => {
        const must = state.mustFill.includes(name)
        for (const control of controlsOf(name)) {
          control.disabled = state.hidden
          if (state.readonly && control.dataset.readonly !== 'on') setDefault(control, at, rule.defaults)
          if (rule.dependency?.readonly !== undefined && !state.hidden) setReadonly(control, state.readonly)
          control.dataset.readonly = state.readonly ? 'on' : 'off'
          if (control.type === 'checkbox') control.dataset.mustPick = must ? 'yes' : 'no'
          else control.required = must
        }
      })
    }
    for (const control of form.elements) checkOwn(control)
  }

  const checkOwn = (control) => {
    if (control.dataset?.json !== undefined) control.setCustomValidity(control.value.trim() === '' || isJsonObject(control.value) ? '' : 'json')
    if (control.dataset?.mustPick !== undefined) {
      const all = controlsOf(control.name)
      control.setCustomValidity(control === all[0] && control.dataset.mustPick === 'yes' && !all.some((one) => one.checked) ? 'required' : '')
    }
  }
  const messageOf = ({ validity, dataset, validationMessage }) => {
    const messages = JSON.parse(dataset.messages ?? '{}')
    if (validity.valueMissing || validationMessage === 'required') return messages.required ?? validationMessage
    if (validity.tooShort) return messages.tooShort ?? validationMessage
    if (validity.tooLong) return messages.tooLong ?? validationMessage
    return messages.format ?? validationMessage
  }
  const say = (control) => {
    const slot = document.getElementById(control.dataset.error ?? '')
    if (!slot) return
    const wrong = control.willValidate && !control.validity.valid
    const text = wrong ? messageOf(control) : ''
    if (slot.textContent !== text) slot.textContent = text
    for (const one of isBox(control) ? controlsOf(control.name) : [control]) {
      if (wrong) one.setAttribute('aria-invalid', 'true')
      else one.removeAttribute('aria-invalid')
    }
  }
  const first = (control) => (isBox(control) ? controlsOf(control.name)[0] : control)

  form.noValidate = true
  form.addEventListener('change', (event) => {
    const control = event.target
    if (control.dataset.trim !== undefined) control.value = control.value.trim()
    apply()
    if (control.dataset.messages !== undefined && (control.validity.valid || control.value !== '')) say(first(control))
  })
  form.addEventListener('input', (event) => {
    checkOwn(event.target)
    if (event.target.getAttribute('aria-invalid') === 'true' && event.target.validity.valid) say(first(event.target))
  })
  let sent = false
  form.addEventListener('submit', (event) => {
    for (const control of form.elements) if (control.dataset?.trim !== undefined) control.value = control.value.trim()
    apply()
    const wrong = [...form.elements].filter((control) => control.willValidate && !control.validity.valid)
    for (const control of wrong) say(first(control))
    if (sent || wrong.length > 0) event.preventDefault()
    if (wrong.length > 0) return wrong[0].focus()
    const button = form.querySelector('button[type=submit]')
    sent = true
    button.setAttribute('aria-disabled', 'true')
    button.dataset.idle ??= button.textContent
    button.textContent = button.dataset.sending
  })
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    const button = form.querySelector('button[type=submit]')
    sent = false
    button.removeAttribute('aria-disabled')
    if (button.dataset.idle) button.textContent = button.dataset.idle
  })
  apply()
}
document.querySelector('[data-focus]')?.focus()
`
