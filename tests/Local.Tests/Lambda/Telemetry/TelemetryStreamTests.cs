using System.Net;
using System.Text.Json;
using Isobar.Local.History;
using Isobar.Local.Lambda.Telemetry;
using Isobar.Local.Ownership;
using static Isobar.Local.Tests.Lambda.Telemetry.Telemetries;

namespace Isobar.Local.Tests.Lambda.Telemetry;

/// <summary>Deliveries to a real listener over HTTP.</summary>
public sealed class TelemetryStreamTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    private readonly ServiceClock clock = new(TimeProvider.System, new Activity());
    private readonly Owner owner;
    private readonly Journal journal;
    private readonly TelemetryStream stream;

    public TelemetryStreamTests()
    {
        owner = new Owner(clock);
        journal = new Journal(clock);
        stream = new TelemetryStream("probe", "0f", owner, new LoopbackNetwork(), journal);
        owner.Tell(state => state.Begin());
    }

    [Fact]
    public async Task A_listener_gets_arrays_of_events_by_POST()
    {
        await using var listener = new Listener();
        Assert.True(stream.Subscribe("ext", Subscription(timeoutMs: 25, port: listener.Port)));
        owner.Tell(state => state.Add(Line("hello"), clock.GetUtcNow()));

        var events = new List<JsonElement>();
        while (events.Count < 2) events.AddRange(await listener.ReceiveAsync(200));

        Assert.Equal("platform.telemetrySubscription", events[0].GetProperty("type").GetString());
        Assert.Equal("hello", events[1].GetProperty("record").GetString());
        Assert.Equal(("POST", "application/json", $"sandbox.localdomain:{listener.Port}"), listener.Last);
    }

    [Fact]
    public async Task What_a_listener_refuses_is_offered_again()
    {
        await using var listener = new Listener();
        stream.Subscribe("ext", Subscription(timeoutMs: 25, port: listener.Port));
        var refused = await listener.ReceiveAsync(503);
        var again = await listener.ReceiveAsync(200);
        Assert.Equal(refused.Select(each => each.GetRawText()), again.Select(each => each.GetRawText()));
        var delivered = await journal.WaitForAsync<TelemetryDelivered>(_ => true, Bound);
        Assert.Equal(2, delivered.Attempts);
    }

    [Fact]
    public async Task A_listener_that_is_not_there_holds_nobody_up_and_learns_what_it_missed()
    {
        var port = Listener.FreePort();
        stream.Subscribe("ext", Subscription(timeoutMs: 25, port: port));
        await journal.WaitForAsync<TelemetryRefused>(
            refused => refused.Attempt == TelemetryLimits.MaxAttempts, Bound);
        await using var listener = new Listener(port);
        owner.Tell(state => state.Add(Line("later"), clock.GetUtcNow()));
        var events = await listener.ReceiveAsync(200);
        Assert.Equal("platform.logsDropped", events[0].GetProperty("type").GetString());
        Assert.Equal(1, events[0].GetProperty("record").GetProperty("droppedRecords").GetInt32());
        Assert.Equal("later", events[1].GetProperty("record").GetString());
    }

    [Fact]
    public async Task A_flush_waits_for_a_stalled_listener_no_longer_than_its_bound()
    {
        await using var listener = new Listener();
        stream.Subscribe("ext", Subscription(timeoutMs: 25, port: listener.Port));
        await stream.FlushAsync(TimeSpan.FromMilliseconds(50), clock);
        Assert.Empty(journal.After(0).Select(entry => entry.Fact).OfType<TelemetryDelivered>());
        await listener.ReceiveAsync(200);
        await stream.FlushAsync(Bound, clock);
        Assert.Single(journal.After(0).Select(entry => entry.Fact).OfType<TelemetryDelivered>());
    }

    public void Dispose()
    {
        stream.Dispose();
        owner.Dispose();
    }

    private sealed class Owner(ServiceClock clock) : ITelemetryOwner, IDisposable
    {
        private readonly Monitor<TelemetryState> monitor = new("telemetry", new TelemetryState(), clock);

        public TAnswer Ask<TAnswer>(Func<TelemetryState, DateTimeOffset, TAnswer> question) => monitor.Ask(question);

        public void Tell(Action<TelemetryState> message) => monitor.Post((state, _) => message(state));

        public void Dispose() => monitor.Dispose();
    }

    /// <summary>An extension's listener that answers when the test says so.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly HttpListener http = new();

        public Listener(int? port = null)
        {
            Port = port ?? FreePort();
            http.Prefixes.Add($"http://*:{Port}/");
            http.Start();
        }

        public int Port { get; }

        public (string Method, string? ContentType, string Host) Last { get; private set; }

        public static int FreePort()
        {
            using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            return ((IPEndPoint)socket.LocalEndpoint).Port;
        }

        public async Task<JsonElement[]> ReceiveAsync(int status)
        {
            var context = await http.GetContextAsync().WaitAsync(Bound);
            Last = (context.Request.HttpMethod, context.Request.ContentType, context.Request.UserHostName);
            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            var events = body.RootElement.Clone().EnumerateArray().ToArray();
            context.Response.StatusCode = status;
            context.Response.Close();
            return events;
        }

        public ValueTask DisposeAsync()
        {
            http.Close();
            return ValueTask.CompletedTask;
        }
    }
}
