using System.Globalization;
using System.Text.Json;

namespace Isobar.Local.Services.S3.Forms;

/// <summary>The conditions that the signer of a form sets for its fields.</summary>
/// <param name="MinBytes">Of the file.</param>
/// <param name="MaxBytes">Of the file; what S3 takes in one piece where the policy does not say.</param>
/// <remarks>Source: Amazon S3 API Reference, "POST Policy".</remarks>
internal sealed record PostPolicy(
    DateTimeOffset Expiration, IReadOnlyList<PostCondition> Conditions, long MinBytes, long MaxBytes)
{
    // Fields that a policy need not name.
    private static readonly string[] Free = ["policy", "x-amz-signature", "file"];

    private const string Ignored = "x-ignore-";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <param name="text">Base64 of JSON, as the form holds it.</param>
    /// <exception cref="Wire.AwsException">InvalidPolicyDocument.</exception>
    public static PostPolicy Read(string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(Convert.FromBase64String(text), Strict);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            throw PostErrors.InvalidPolicy("Invalid JSON.");
        }

        using (document)
        {
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw PostErrors.InvalidPolicy("Invalid JSON.");
            if (!root.TryGetProperty("expiration", out var expiration))
                throw PostErrors.InvalidPolicy("Policy missing expiration.");
            if (!root.TryGetProperty("conditions", out var conditions))
                throw PostErrors.InvalidPolicy("Policy missing conditions.");
            if (conditions.ValueKind != JsonValueKind.Array)
                throw PostErrors.InvalidPolicy("Invalid 'conditions' value.");
            foreach (var member in root.EnumerateObject())
                if (member.Name is not ("expiration" or "conditions"))
                    throw PostErrors.InvalidPolicy($"Unexpected: '{member.Name}'");
            return Read(ReadExpiration(expiration), conditions);
        }
    }

    /// <param name="now">Real time: a jump of service time ends no policy.</param>
    /// <param name="bucket">Counts as a field.</param>
    /// <exception cref="Wire.AwsException">AccessDenied: the policy's time is over, or it does not allow the
    /// form.</exception>
    public void Check(PostForm form, string bucket, DateTimeOffset now)
    {
        if (now >= Expiration) throw PostErrors.NotByPolicy("Policy expired.");
        foreach (var condition in Conditions)
        {
            var isBucket = condition.Field.Equals("bucket", StringComparison.OrdinalIgnoreCase);
            if (!condition.Holds(isBucket ? bucket : form.Fields.GetValueOrDefault(condition.Field) ?? ""))
                throw PostErrors.NotByPolicy($"Policy Condition failed: {condition.Text}");
        }

        var named = Conditions.Select(condition => condition.Field).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var extra = form.Fields.Keys.Where(field =>
            !named.Contains(field) && !Free.Contains(field, StringComparer.OrdinalIgnoreCase)
            && !field.StartsWith(Ignored, StringComparison.OrdinalIgnoreCase)).ToArray();
        if (extra.Length > 0) throw PostErrors.NotByPolicy($"Extra input fields: {string.Join(", ", extra)}");
    }

    private static PostPolicy Read(DateTimeOffset expiration, JsonElement conditions)
    {
        var read = new List<PostCondition>();
        var (least, most) = (0L, S3Limits.MaxPutBytes);
        foreach (var condition in conditions.EnumerateArray())
        {
            if (TryReadRange(condition) is { } range) (least, most) = range;
            else read.AddRange(PostCondition.Read(condition));
        }

        return new PostPolicy(expiration, read, least, most);
    }

    private static (long Least, long Most)? TryReadRange(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Array || condition.GetArrayLength() != 3
            || condition[0].ValueKind != JsonValueKind.String || condition[0].GetString() != "content-length-range")
            return null;
        return TryReadBytes(condition[1]) is { } least && TryReadBytes(condition[2]) is { } most
            ? (least, Math.Min(most, S3Limits.MaxPutBytes))
            : throw PostErrors.InvalidPolicy("Invalid content-length-range: invalid value.");
    }

    // A number, or a string of one.
    private static long? TryReadBytes(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var number) && number >= 0 => number,
        JsonValueKind.String when long.TryParse(
            value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };

    private static DateTimeOffset ReadExpiration(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && DateTimeOffset.TryParseExact(
            value.GetString(), ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var expiration)
            ? expiration
            : throw PostErrors.InvalidPolicy($"Invalid 'expiration' value: '{value}'");
}
