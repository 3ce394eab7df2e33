// The telemetry extension: what the platform and the function tell, in compressed JSON Lines in a bucket.
using Isobar.Telemetry;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Lambda;
using Isobar.Telemetry.Receiving;
using Isobar.Telemetry.Shipping;

// Kept for what Lambda does after SHUTDOWN is answered, and for the process's own end.
var margin = TimeSpan.FromMilliseconds(200);
var clock = TimeProvider.System;
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
{
    Timeout = Timeout.InfiniteTimeSpan,
};

// Registering comes first: Lambda starts the runtime once every extension has.
var api = new ExtensionsApi(http, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") ?? "127.0.0.1:9001");
var function = await api.RegisterAsync("telemetry");
Settings settings;
try
{
    settings = Settings.Read(Environment.GetEnvironmentVariable);
}
catch (SettingsException wrong)
{
    await api.FailAsync(wrong.ErrorType, wrong.Message);
    return 1;
}

var spool = new SpoolOwner(new Spool(settings.EnvironmentId, settings.LeastLevel, SpoolLimits.Default), clock);
const string hosts = "/etc/hosts";
using var listener = new Listener(Sandbox.Address(File.Exists(hosts) ? File.ReadLines(hosts) : []), spool.Take);
var address = new Uri($"http://{Sandbox.HostName}:{listener.Start()}/");
if (!await api.SubscribeAsync(address, maxBytes: 262_144, timeoutMs: 25))
    Console.WriteLine("telemetry: there is no Telemetry API here, so nothing will be shipped");

var store = new S3Store(http, settings, clock);
var shipper = new Shipper(
    spool, store, $"telemetry/{function}", settings.EnvironmentId, clock, Console.WriteLine);
var shipping = shipper.RunAsync();

// Asked for at once: the function never waits for this extension, whatever its destination does.
ExtensionEvent happened;
do happened = await api.NextAsync();
while (!happened.IsShutdown);

var left = happened.Deadline - clock.GetUtcNow() - margin;
await shipper.FinishAsync(shipping, left > TimeSpan.Zero ? left : TimeSpan.Zero);
if (spool.HeldLines is > 0 and var lost) Console.WriteLine($"telemetry: {lost} lines were not shipped");
return 0;
