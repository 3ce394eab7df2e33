using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Isobar.Local.Wire;

/// <summary>
/// The HTTP server of the AWS endpoint: Kestrel, on loopback unless told otherwise, nothing between it and the
/// front door.
/// </summary>
/// <remarks>Header values are ISO 8859-1 in both directions: see <see cref="HeaderText"/>.</remarks>
internal sealed class WireServer : IAsyncDisposable
{
    /// <summary>Connections at a time; the next one is closed at once.</summary>
    public const int MaxConnections = 2_000;

    private readonly WebApplication application;

    private WireServer(WebApplication application, Uri address, SocketTransport moreSockets)
    {
        this.application = application;
        Address = address;
        MoreSockets = moreSockets;
    }

    /// <summary>For example <c>http://127.0.0.1:4580</c>.</summary>
    public Uri Address { get; }

    /// <summary>Listens on more sockets: of network namespaces, which can't reach this machine's loopback.</summary>
    public SocketTransport MoreSockets { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="port">1 to 65,535, or 0 for any free one.</param>
    /// <param name="bind">
    /// Loopback, or all of this machine's addresses, which other machines can reach.
    /// </param>
    /// <exception cref="PortException">Another process has the port, or the system keeps it from this one.</exception>
    public static async Task<WireServer> StartAsync(
        RequestDelegate handle, int port, CancellationToken cancellationToken, BindAddress bind = BindAddress.Loopback)
    {
        var more = new SocketTransport("further sockets", inline: false);
        var http2 = new SocketTransport("HTTP/2 without TLS", inline: false);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.AllowResponseHeaderCompression = false;
            options.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            options.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            options.Limits.MaxConcurrentConnections = MaxConnections;
            options.Limits.MaxRequestBodySize = null;
            // A function may be frozen while it uploads, so that no data rate is too low.
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            options.Listen(bind == BindAddress.All ? IPAddress.Any : IPAddress.Loopback, port, SpeakBoth);
            options.Listen(more.EndPoint, SpeakBoth);
            options.Listen(http2.EndPoint, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IConnectionListenerFactory>(more).AddSingleton<IConnectionListenerFactory>(http2);
        var application = builder.Build();
        application.Run(handle);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (Exception e) when (e is SocketException || e.InnerException is AddressInUseException)
        {
            await application.DisposeAsync();
            throw new PortException(port, e);
        }

        // Loopback is one of all addresses, and the one that this process and its children use.
        var address = new UriBuilder(application.Urls.First()) { Host = IPAddress.Loopback.ToString() }.Uri;
        return new WireServer(application, address, more);

        void SpeakBoth(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(http1 => connection => PriorKnowledge.ServeAsync(connection, http1, http2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await application.StopAsync(bound.Token);
        await application.DisposeAsync();
    }
}
