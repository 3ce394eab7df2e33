// A function without a package: it speaks the Runtime API over a socket and does what its event says (Commands.cs).
using Isobar.Probe;

if (args is ["extension", var name, var events, .. var behaviour])
    return ExtensionProbe.Run(name, events, behaviour);

var api = new RuntimeApiClient(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
var temporary = Environment.GetEnvironmentVariable("TMPDIR") ?? Path.GetTempPath();
if (!Startup.Run(Environment.GetEnvironmentVariable("PROBE_INIT"), temporary, api)) return 1;

var commands = new Commands(api, temporary);
while (true)
{
    var next = api.Call("GET", "/2018-06-01/runtime/invocation/next");
    if (next.Status != 200) return 2;
    var requestId = next.Headers["lambda-runtime-aws-request-id"];
    try
    {
        var result = commands.Run(next, requestId);
        if (result is not null) api.Call("POST", $"/2018-06-01/runtime/invocation/{requestId}/response", result);
    }
    catch (ThrownOnPurpose thrown)
    {
        api.Call("POST", $"/2018-06-01/runtime/invocation/{requestId}/error", Startup.ErrorJson(thrown.Message));
    }

    commands.AfterResponse();
}
