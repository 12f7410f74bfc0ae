// <div role="alert" data-controller="errors">: brings the reader to the summary of what must be corrected.
export function errors(summary) {
  summary.focus();
}
