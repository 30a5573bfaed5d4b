/**
 * What the payment page runs, in words that old phones understand. Everything it is told stands in the
 * form's attributes, so that the text is the same for everybody.
 */
export const STRIPE_SCRIPT = `(function () {
  var form = document.getElementById('payment')
  var button = document.getElementById('pay')
  var problem = document.getElementById('problem')
  var status = document.getElementById('status')
  var told = form.dataset
  function unloaded() {
    status.textContent = ''
    problem.textContent = told.unloaded
    button.hidden = true
    document.getElementById('again').hidden = false
  }
  if (typeof window.Stripe !== 'function') return unloaded()
  var stripe = window.Stripe(told.key, { locale: told.locale })
  var elements = stripe.elements({ clientSecret: told.secret, locale: told.locale })
  var payment = elements.create('payment')
  payment.on('ready', function () {
    status.textContent = ''
    button.disabled = false
  })
  payment.on('loaderror', unloaded)
  payment.mount('#form')
  function ready(text) {
    status.textContent = ''
    problem.textContent = text
    button.disabled = false
    button.textContent = told.pay
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault()
    if (button.disabled) return
    button.disabled = true
    button.textContent = told.paying
    problem.textContent = ''
    stripe
      .confirmPayment({ elements: elements, confirmParams: { return_url: told.return } })
      .then(
        function (result) {
          ready((result.error && result.error.message) || told.failed)
        },
        function () {
          ready(told.failed)
        },
      )
  })
})()`
