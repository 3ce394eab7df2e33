using System.Text.Json;
using System.Text.Json.Nodes;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms;

/// <summary>Makes keys with what every key begins with.</summary>
internal static class KeyMaker
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static KmsKey New(KeyPlace place, Identifiers identifiers, DateTimeOffset now)
    {
        var id = identifiers.NewGuid();
        return new KmsKey(id, place.ArnOf(id), KeyMaterial.New(identifiers), now)
        {
            Policy = DefaultPolicy(place.AccountId),
        };
    }

    /// <summary>The policy of a key that was made without one: the account's own policies decide.</summary>
    /// <remarks>Source: AWS KMS Developer Guide, "Default key policy".</remarks>
    private static string DefaultPolicy(string accountId) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Id"] = "key-default-1",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "Enable IAM User Permissions",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = Principal.Root(accountId).Name },
            ["Action"] = "kms:*",
            ["Resource"] = "*",
        }),
    }.ToJsonString(Indented);
}
