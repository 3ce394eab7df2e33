using System.Net.Sockets;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Isobar.Stories;

/// <summary>What is on this machine that a target may need.</summary>
/// <param name="DockerApi">The newest API version that the Docker engine speaks; null if no engine answers.</param>
/// <param name="DockerApiChosen">DOCKER_API_VERSION, which makes clients speak an older one; null if not set.</param>
/// <param name="Sam">Whether the SAM command line is on the PATH.</param>
/// <param name="Credentials">Whether the SDK finds credentials.</param>
/// <param name="StackName">The deployed stack, by ISOBAR_STACK.</param>
/// <param name="LocalStackEndpoint">A LocalStack that already runs, by ISOBAR_LOCALSTACK_ENDPOINT.</param>
internal sealed record Machine(
    Version? DockerApi, Version? DockerApiChosen, bool Sam, bool Credentials, string? StackName,
    Uri? LocalStackEndpoint)
{
    public const string DockerSocket = "/var/run/docker.sock";

    private static readonly TimeSpan EngineBound = TimeSpan.FromSeconds(5);

    public static Machine Look() => new(
        FindDockerApi(Variable("DOCKER_HOST") ?? $"unix://{DockerSocket}"),
        Version.TryParse(Variable("DOCKER_API_VERSION"), out var chosen) ? chosen : null,
        IsOnPath("sam"),
        // Looked for only where they are used: the search may ask the network.
        StoryTarget.Current == Target.Aws && FindCredentials() is not null,
        Variable("ISOBAR_STACK"),
        Variable("ISOBAR_LOCALSTACK_ENDPOINT") is { } endpoint ? new Uri(endpoint) : null);

    /// <summary>The credentials that any AWS program on this machine would use.</summary>
    public static AWSCredentials? FindCredentials()
    {
        try
        {
            return DefaultAWSCredentialsIdentityResolver.GetCredentials();
        }
        catch (AmazonClientException)
        {
            return null;
        }
    }

    /// <summary>Asks an engine for its API version.</summary>
    /// <param name="host">As in DOCKER_HOST: <c>unix:///path</c> or <c>tcp://host:port</c>.</param>
    /// <returns>Null if no engine answers there.</returns>
    /// <remarks>Source: Docker Engine API reference, GET /version, which needs no version in its path.</remarks>
    public static Version? FindDockerApi(string host)
    {
        var address = new Uri(host);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        if (address.Scheme == "unix")
            handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.AbsolutePath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            };
        using var client = new HttpClient(handler) { Timeout = EngineBound };
        var authority = address.Scheme == "unix" ? "docker" : address.Authority;
        try
        {
            using var answer = client.Send(new HttpRequestMessage(HttpMethod.Get, $"http://{authority}/version"));
            using var version = JsonDocument.Parse(answer.Content.ReadAsStream());
            return Version.Parse(version.RootElement.GetProperty("ApiVersion").GetString()!);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a program is on the PATH.</summary>
    public static bool IsOnPath(string program) => FindOnPath(program) is not null;

    /// <summary>The path of the first of these programs that is on the PATH.</summary>
    public static string? FindOnPath(params IEnumerable<string> programs) =>
    (
        from program in programs
        from folder in (Variable("PATH") ?? "").Split(Path.PathSeparator)
        let path = Path.Combine(folder, program)
        where File.Exists(path)
        select path).FirstOrDefault();
}
