using System.Text.Json;

namespace Isobar.Local.Services.S3.Forms;

/// <summary>What one field of a form must be.</summary>
/// <param name="Field">Without the dollar sign; its case does not count.</param>
/// <param name="Text">How errors quote it.</param>
internal sealed record PostCondition(string Field, string Value, bool IsPrefix, string Text)
{
    public bool Holds(string value) =>
        IsPrefix ? value.StartsWith(Value, StringComparison.Ordinal) : value == Value;

    /// <summary>Reads <c>{"field": "value"}</c>, <c>["eq", "$field", "value"]</c> or
    /// <c>["starts-with", "$field", "prefix"]</c>.</summary>
    /// <exception cref="Wire.AwsException">InvalidPolicyDocument: nothing of the kind.</exception>
    public static IEnumerable<PostCondition> Read(JsonElement condition)
    {
        if (condition.ValueKind == JsonValueKind.Object) return condition.EnumerateObject().Select(Exactly).ToArray();
        if (condition.ValueKind == JsonValueKind.Array && condition.GetArrayLength() == 3
            && condition.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String)
            && condition[0].GetString() is "eq" or "starts-with"
            && condition[1].GetString() is ['$', .. { Length: > 0 } field])
        {
            return
            [
                new PostCondition(
                    field, condition[2].GetString()!, condition[0].GetString() == "starts-with",
                    Quote(condition[0].GetString()!, field, condition[2].GetString()!)),
            ];
        }

        throw PostErrors.InvalidPolicy($"Invalid condition: {condition.GetRawText()}");
    }

    private static PostCondition Exactly(JsonProperty member) =>
        member.Value.ValueKind == JsonValueKind.String && member.Name.Length > 0
            ? new PostCondition(
                member.Name, member.Value.GetString()!, IsPrefix: false,
                Quote("eq", member.Name, member.Value.GetString()!))
            : throw PostErrors.InvalidPolicy($"Invalid Simple-Condition: {member.Name}");

    private static string Quote(string match, string field, string value) =>
        $"[\"{match}\", \"${field}\", \"{value}\"]";
}
