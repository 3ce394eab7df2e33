// Registers for both events and asks for the next one, until it is told to end. Its argument is the name of the file in
// /opt/extensions that started it.
var api = $"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2020-01-01/extension/";
using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
using var registration = new HttpRequestMessage(HttpMethod.Post, api + "register")
{
    Content = new StringContent("""{"events":["INVOKE","SHUTDOWN"]}"""),
};
registration.Headers.Add("Lambda-Extension-Name", args[0]);
using var registered = await client.SendAsync(registration);
registered.EnsureSuccessStatusCode();
client.DefaultRequestHeaders.Add(
    "Lambda-Extension-Identifier", registered.Headers.GetValues("Lambda-Extension-Identifier"));
while (!(await client.GetStringAsync(api + "event/next")).Contains("\"SHUTDOWN\"", StringComparison.Ordinal))
{
}
