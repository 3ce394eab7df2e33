// Sends the token once, in the header; the answer sets the cookie, which no script can read.
const form = document.querySelector('form');
const problem = form.querySelector('[role=alert]');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  problem.hidden = true;
  const text = await problemWith(form.elements.token.value.trim());
  if (text === undefined) location.assign('/private/');
  else [problem.textContent, problem.hidden] = [text, false];
});

async function problemWith(token) {
  try {
    const { status } = await fetch('/private/sign-in', { headers: { authorization: `Bearer ${token}` } });
    if (status === 204) return undefined;
    return status === 401 ? 'This token is not valid.' : `The server answered ${status}. Try again in some seconds.`;
  } catch {
    return 'The server can’t be reached, or the token has a character that no token has.';
  }
}
