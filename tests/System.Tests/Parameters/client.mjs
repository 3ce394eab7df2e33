// A function in JavaScript, with a runtime of its own, that asks for a parameter as AWS documents it for its Parameters
// and Secrets extension: one GET of the built-in fetch, with the function's session token in a header.
const invocation = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

for (;;) {
  const next = await fetch(`${invocation}/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const { name } = await next.json();
  const answer = await fetch(
    `http://localhost:2773/systemsmanager/parameters/get?name=${encodeURIComponent(name)}&withDecryption=true`,
    { headers: { 'X-Aws-Parameters-Secrets-Token': process.env.AWS_SESSION_TOKEN } });
  const given = {
    status: answer.status,
    value: answer.ok ? (await answer.json()).Parameter.Value : null,
    stale: answer.headers.get('x-parameters-stale-seconds'),
  };
  await fetch(`${invocation}/${id}/response`, { method: 'POST', body: JSON.stringify(given) });
}
