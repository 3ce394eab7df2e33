namespace Isobar.Local.Services.Kms.Operations;

/// <summary>The answer of the operations that return nothing.</summary>
internal sealed record EmptyResponse;

/// <summary>A request that names a key and nothing else.</summary>
internal sealed record KeyRequest(string? KeyId)
{
    /// <exception cref="Wire.AwsException">ValidationException.</exception>
    public string Checked()
    {
        new ModelConstraints().KeyId("keyId", KeyId).ThrowIfAny();
        return KeyId!;
    }
}

/// <summary>Constraints that several requests of the service share.</summary>
internal static class KmsConstraints
{
    /// <summary>A key that must be named.</summary>
    public static ModelConstraints KeyId(this ModelConstraints constraints, string member, string? value) =>
        constraints.Required(member, value).OptionalKeyId(member, value);

    public static ModelConstraints OptionalKeyId(this ModelConstraints constraints, string member, string? value) =>
        constraints.Length(member, value, 1, KmsLimits.MaxKeyIdCharacters);

    /// <summary>An algorithm, when it is named; a symmetric key has one.</summary>
    /// <exception cref="Wire.AwsException">InvalidKeyUsageException.</exception>
    public static void CheckAlgorithm(string? algorithm)
    {
        if (algorithm is not (null or KeySpecs.Symmetric)) throw KmsErrors.IncompatibleAlgorithm(algorithm);
    }

    /// <summary>An instant as the protocol has it: seconds since 1970, with milliseconds.</summary>
    public static decimal Seconds(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds() / 1_000m;
}
