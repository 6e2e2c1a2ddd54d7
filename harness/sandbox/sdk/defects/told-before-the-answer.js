// Success is told as soon as the card has been sent, before any answer.
sdk.defects.known['sdk/told-before-the-answer'] = (sdk) => {
  const { payCard } = sdk.cardFrame;
  sdk.cardFrame.payCard = (checkout, attempt) => {
    const early = { status: 'success', message: 'Payment operation completed successfully.' };
    sdk.payment.tell(attempt, 'success', sdk.callbacks.data(early, attempt));
    return payCard(checkout, attempt);
  };
};
