using System.Security.Cryptography;
using System.Text;
using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>A stage: a name for a deployment's definition, with variables.</summary>
internal sealed record StageView(
    string ApiId, string AccountId, string Region, string Partition, string Name, string DeploymentId,
    IReadOnlyDictionary<string, string> Variables, ApiDefinition Definition, RouteTable Routes)
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>A resource's id: always the same for the same API and path.</summary>
    public string ResourceId(string path) => Id(6, ApiId, path);

    /// <summary>Lower-case letters and digits, derived from what they name.</summary>
    public static string Id(int length, params string[] parts) => new(
        [.. SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).Take(length)
            .Select(b => Alphabet[b % Alphabet.Length])]);
}
