/**
 * Stands in for Stripe.js in development: the same calls (`elements`, `create`, `mount`, `on`,
 * `confirmPayment`), with a choice of test cards in place of a card's number.
 */
export const FORM_SCRIPT = `(function () {
  var base = new URL('..', document.currentScript.src).href
  var CARDS = [
    ['pm_card_visa', '결제됩니다', 'Succeeds'],
    ['pm_card_visa_chargeDeclined', '카드사가 거절합니다', 'Is declined'],
    ['pm_card_authenticationRequired', '본인 확인을 요구합니다', 'Asks for 3-D Secure'],
    ['pm_usBankAccount', '처리에 시간이 걸립니다', 'Is processed for a while'],
  ]
  function Element(korean) {
    var listeners = {}
    this.on = function (name, listener) {
      listeners[name] = listener
      return this
    }
    this.mount = function (where) {
      var set = document.createElement('fieldset')
      var legend = document.createElement('legend')
      legend.textContent = korean ? '연습용 카드' : 'Test card'
      set.appendChild(legend)
      CARDS.forEach(function (card, at) {
        var label = document.createElement('label')
        var radio = document.createElement('input')
        radio.type = 'radio'
        radio.name = 'sandbox-card'
        radio.value = card[0]
        radio.checked = at === 0
        label.appendChild(radio)
        label.appendChild(document.createTextNode(' ' + card[korean ? 1 : 2]))
        set.appendChild(label)
        set.appendChild(document.createElement('br'))
      })
      var place = typeof where === 'string' ? document.querySelector(where) : where
      place.appendChild(set)
      if (listeners.ready) listeners.ready()
    }
  }
  window.Stripe = function (key, options) {
    var korean = !options || options.locale !== 'en'
    return {
      elements: function (given) {
        return {
          secret: given.clientSecret,
          create: function () {
            return new Element(korean)
          },
        }
      },
      confirmPayment: function (wish) {
        var secret = wish.elements.secret
        var intent = secret.split('_secret_')[0]
        var body = new URLSearchParams({
          key: key,
          client_secret: secret,
          payment_method: document.querySelector('input[name=sandbox-card]:checked').value,
          return_url: wish.confirmParams.return_url,
        })
        return fetch(base + 'v1/payment_intents/' + intent + '/confirm', {
          method: 'POST',
          body: body,
        })
          .then(function (response) {
            return response.json()
          })
          .then(function (answer) {
            if (answer.error) return { error: answer.error }
            var to = answer.next_action
              ? answer.next_action.redirect_to_url.url
              : wish.confirmParams.return_url
            var url = new URL(to)
            if (!answer.next_action) {
              url.searchParams.set('payment_intent', answer.id)
              url.searchParams.set('payment_intent_client_secret', secret)
              url.searchParams.set('redirect_status', answer.status)
            }
            window.location.href = url.href
            return new Promise(function () {})
          })
      },
    }
  }
})()
`
