// The telemetry extension: ships platform events and log lines to a bucket, as compressed JSON Lines, and to an OTLP
// endpoint, as log records and spans.
using System.Net.Sockets;
using Isobar.Telemetry;
using Isobar.Telemetry.Events;
using Isobar.Telemetry.Lambda;
using Isobar.Telemetry.Receiving;

// Time reserved before the shutdown deadline, for the process to exit.
var margin = TimeSpan.FromMilliseconds(200);
var clock = TimeProvider.System;
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
{
    Timeout = Timeout.InfiniteTimeSpan,
};

// First, because Lambda starts the runtime when every extension has registered.
var api = new ExtensionsApi(http, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") ?? "127.0.0.1:9001");
var function = await api.RegisterAsync("telemetry");

// What can't be done is told and left: an extension that ends, or that reports an error, takes the function with it.
var settings = Settings.Read(Environment.GetEnvironmentVariable);
foreach (var problem in settings.Problems) Log(problem);
var shippers = new Shippers(settings, function, http, clock, Console.WriteLine);
const string hosts = "/etc/hosts";
using var listener = new Listener(
    Sandbox.Address(File.Exists(hosts) ? File.ReadLines(hosts) : []), shippers.Pipeline.Take);
// Summaries need events also where nothing is shipped.
if (shippers.Destinations.Count > 0 || settings.MetricsNamespace is not null) await SubscribeAsync();

// The next event is requested at once, so that the function never waits for this extension or its destinations.
ExtensionEvent happened;
do happened = await api.NextAsync();
while (!happened.IsShutdown);

var left = happened.Deadline - clock.GetUtcNow() - margin;
await shippers.FinishAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero);
return 0;

async Task SubscribeAsync()
{
    try
    {
        var address = new Uri($"http://{Sandbox.HostName}:{listener.Start()}/");
        if (!await api.SubscribeAsync(address, settings.UsesLogsApi, settings.Types, maxBytes: 262_144, timeoutMs: 25))
            Log("there is no Telemetry API here, so nothing is shipped");
    }
    catch (Exception failed) when (failed is SocketException or LambdaException or HttpRequestException)
    {
        Log($"there is no subscription, so nothing is shipped: {failed.Message}");
    }
}

static void Log(string message) => Console.WriteLine(OwnLines.Prefix + message);
