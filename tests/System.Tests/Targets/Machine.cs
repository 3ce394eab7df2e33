using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Isobar.Stories;

/// <summary>What is on this machine that a target may need.</summary>
/// <param name="DockerEngine">Whether a Docker engine answers.</param>
/// <param name="Sam">Whether the SAM command line is on the PATH.</param>
/// <param name="Credentials">Whether the SDK finds credentials.</param>
/// <param name="StackName">The deployed stack, by ISOBAR_STACK.</param>
internal sealed record Machine(bool DockerEngine, bool Sam, bool Credentials, string? StackName)
{
    public const string DockerSocket = "/var/run/docker.sock";

    public static Machine Look() => new(
        HasDockerEngine(),
        IsOnPath("sam"),
        // Looked for only where they are used: the search may ask the network.
        StoryTarget.Current == Target.Aws && FindCredentials() is not null,
        Environment.GetEnvironmentVariable("ISOBAR_STACK") is { Length: > 0 } name ? name : null);

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

    private static bool HasDockerEngine()
    {
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 }) return true;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(DockerSocket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
