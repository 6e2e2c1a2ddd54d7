// The card as typed: what counts as valid, and what of it may be shown to the page.
cardForm.card = {
  // Ottu's sandbox publishes 15-digit numbers that carry no check digit.
  isPublished(digits) {
    return /^41111111111111[1-6]$/.test(digits);
  },

  luhn(digits) {
    const sum = [...digits].reverse().reduce((total, digit, position) => {
      const value = Number(digit) * (1 + (position % 2));
      return total + (value > 9 ? value - 9 : value);
    }, 0);
    return sum % 10 === 0;
  },

  brand(digits) {
    if (/^4/.test(digits)) return 'VISA';
    if (/^(5[1-5]|2[2-7])/.test(digits)) return 'MASTERCARD';
    if (/^3[47]/.test(digits)) return 'AMEX';
    return '';
  },

  masked(digits) {
    return digits.slice(0, 6) + 'X'.repeat(Math.max(0, digits.length - 10)) + digits.slice(-4);
  },

  numberProblem(digits) {
    if (!digits) return 'required';
    if (cardForm.card.isPublished(digits)) return null;
    return digits.length >= 12 && digits.length <= 19 && cardForm.card.luhn(digits) ? null : 'number';
  },

  monthProblem(month) {
    return /^\d\d?$/.test(month) && Number(month) >= 1 && Number(month) <= 12 ? null : 'month';
  },

  expiryProblem({ month, year }) {
    if (!month && !year) return 'required';
    return cardForm.card.monthProblem(month) || (year.length === 2 ? cardForm.card.pastProblem(month, year) : 'year');
  },

  // A card is good until the end of the month it names.
  pastProblem(month, year) {
    const now = new Date();
    const isPast = 2000 + Number(year) < now.getFullYear()
      || (2000 + Number(year) === now.getFullYear() && Number(month) < now.getMonth() + 1);
    return isPast ? 'expired' : null;
  },

  cvvProblem(code) {
    if (!code) return cardForm.settings.cvvRequired ? 'required' : null;
    return /^\d{3,4}$/.test(code) ? null : 'cvv';
  },
};
