using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Functions.Tests.Authorize;

/// <summary>Makes tokens by hand, good ones and bad ones.</summary>
internal static class Tokens
{
    public const string Issuer = "isobar-token";
    public const string Audience = "isobar";
    public const string KeyId = "first";

    public static readonly DateTimeOffset Now = new(2026, 11, 27, 3, 0, 0, TimeSpan.Zero);

    public static JsonObject Header() => new() { ["alg"] = "ES256", ["typ"] = "JWT", ["kid"] = KeyId };

    public static JsonObject Claims() => new()
    {
        ["iss"] = Issuer, ["sub"] = "alice", ["aud"] = Audience, ["exp"] = Now.ToUnixTimeSeconds() + 600,
        ["scope"] = "read write",
    };

    public static string Sign(ECDsa key, JsonNode header, JsonNode claims)
    {
        var text = $"{Part(header)}.{Part(claims)}";
        var seal = key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256);
        return $"{text}.{Base64Url.EncodeToString(seal)}";
    }

    public static string Part(JsonNode content) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(content.ToJsonString()));

    public static JsonObject PublicKey(ECDsa key, string id = KeyId)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new JsonObject
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = id, ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y), ["use"] = "sig", ["alg"] = "ES256",
        };
    }

    /// <summary>A set of keys as the function is given it.</summary>
    public static string Set(params JsonNode[] keys) => Part(new JsonObject { ["keys"] = new JsonArray(keys) });
}
