using Isobar.Bootstrap;

// What Lambda's managed .NET runtimes start for a handler Assembly::Type::Method; the argument is the function's main
// assembly. It knows Lambda's Runtime API and the public interfaces of Amazon.Lambda.Core, which it finds in the
// function's own package.
using var api = new RuntimeApi(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
Handler handler;
try
{
    handler = Handler.Load(args[0], Environment.GetEnvironmentVariable("_HANDLER")!);
}
catch (Exception e)
{
    await api.FailInitAsync(e);
    return 1;
}

while (true)
{
    using var invocation = await api.NextAsync();
    Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);
    MemoryStream response;
    try
    {
        response = await handler.InvokeAsync(invocation);
    }
    catch (Exception e)
    {
        await Console.Error.WriteLineAsync(e.ToString());
        await api.FailAsync(invocation.RequestId, e);
        continue;
    }

    await api.RespondAsync(invocation.RequestId, response);
}
