// The parameters extension: fetches parameters and secrets before the first invocation and serves them to the function.
using System.Net.Sockets;
using Isobar.Parameters;
using Isobar.Parameters.Caching;
using Isobar.Parameters.Serving;
using Isobar.Parameters.Sources;
using Isobar.Telemetry.Lambda;
using Isobar.Telemetry.Shipping;

var clock = TimeProvider.System;
Func<string, string?> variable = Environment.GetEnvironmentVariable;
var settings = Settings.Read(variable);
var log = new Log(settings.LogLevel, Console.WriteLine);
foreach (var warning in settings.Warnings) log.Warn(warning);

using var lambda = Client(int.MaxValue);
using var parametersClient = Client(settings.MaxConnections);
using var secretsClient = Client(settings.MaxConnections);
var region = variable("AWS_REGION") ?? "us-east-1";
var sessionToken = variable("AWS_SESSION_TOKEN") ?? "";

// Before Lambda starts the runtime, which it does when every extension has registered: the function's own init may ask.
string? failure = null;
ValueCache? cache = null;
Listener? listener = null;
try
{
    cache = new ValueCache(
        new AwsSource(
            Service(parametersClient, "ssm", "AWS_ENDPOINT_URL_SSM", settings.ParametersTimeout),
            Service(secretsClient, "secretsmanager", "AWS_ENDPOINT_URL_SECRETS_MANAGER", settings.SecretsTimeout)),
        settings.Cache, clock, log);
    listener = new Listener(new LocalApi(cache, sessionToken, log).AnswerAsync, clock);
    // An empty token would be everybody's.
    if (sessionToken.Length == 0) failure = "AWS_SESSION_TOKEN is not set";
    else listener.Start(settings.Port);
}
catch (UriFormatException invalid)
{
    failure = $"an endpoint is not an address: {invalid.Message}";
}
catch (SocketException taken)
{
    failure = $"port {settings.Port} can't be listened on: {taken.SocketErrorCode}";
}

var api = new ExtensionsApi(lambda, variable("AWS_LAMBDA_RUNTIME_API") ?? "127.0.0.1:9001");
await api.RegisterAsync("parameters");

// While the runtime starts. The init phase is over when this extension asks for its first event.
if (failure is null) failure = await Prefetch.RunAsync(cache!, settings.Prefetched, clock, log);
if (failure is not null)
{
    log.Error(failure);
    if (settings.InitMustSucceed)
    {
        await api.FailAsync("Parameters.InitFailed", failure);
        return 1;
    }
}

// An extension that ends would take the function with it, so it goes on, whatever has failed.
while (!(await api.NextAsync()).IsShutdown) continue;
listener?.Dispose();
return 0;

HttpClient Client(int maxConnections) => new(new SocketsHttpHandler
{
    UseProxy = false, UseCookies = false, MaxConnectionsPerServer = maxConnections,
    // A frozen environment's idle connections are gone when it is thawed.
    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20), ConnectTimeout = TimeSpan.FromSeconds(5),
})
{
    Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = AwsJsonService.MaxAnswerBytes,
};

AwsJsonService Service(HttpClient http, string name, string endpoint, TimeSpan timeout) => new(
    http, AwsAddress.Of(name, endpoint, region, variable),
    new SigningIdentity(
        variable("AWS_ACCESS_KEY_ID") ?? "", variable("AWS_SECRET_ACCESS_KEY") ?? "", region, name),
    sessionToken, timeout, clock);
