using System.Text.Json;
using System.Text.Json.Nodes;

namespace Isobar.Local.Tokens;

/// <summary>A JSON Web Key Set in a file, such as the one in the package of an edge function.</summary>
/// <remarks>Source: RFC 7517, section 5.</remarks>
internal static class KeySetFile
{
    // What edge/auth takes at most.
    private const int MaxKeys = 16;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    /// <summary>
    /// Adds a public key after those that the file has, so that a key rotation is: add the new one, deploy, and remove
    /// the old one when its last token has expired. A key that is there stays as it is.
    /// </summary>
    /// <returns>How many keys the file has now.</returns>
    /// <exception cref="InvalidDataException">
    /// The file has something else than a key set, a private key, or 16 other keys already.
    /// </exception>
    public static int Add(string path, TokenIssuer issuer)
    {
        var set = File.Exists(path) ? Read(path) : new JsonObject { ["keys"] = new JsonArray() };
        var keys = set["keys"]!.AsArray();
        if (keys.All(key => key!["kid"]?.ToString() != issuer.KeyId))
        {
            if (keys.Count >= MaxKeys) throw new InvalidDataException($"It has {MaxKeys} keys already.");
            keys.Add(JsonNode.Parse(issuer.PublicKey));
        }

        // The file is whole at every moment.
        var unnamed = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllText(unnamed, set.ToJsonString(Readable) + "\n");
        File.Move(unnamed, path, overwrite: true);
        return keys.Count;
    }

    private static JsonObject Read(string path)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is JsonObject set
                && set["keys"] is JsonArray keys && keys.All(key => key is JsonObject))
                return keys.All(key => key!["d"] is null)
                    ? set
                    : throw new InvalidDataException("It has a private key.");
        }
        catch (JsonException)
        {
            // The message would quote the file, in which a private key could be.
        }

        throw new InvalidDataException("It is not a JSON Web Key Set.");
    }
}
