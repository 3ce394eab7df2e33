using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="Name">A name or an ARN, with <c>:version</c> or <c>:label</c> behind it or not.</param>
/// <param name="WithDecryption">Whether a SecureString's value is decrypted; it changes nothing for others.</param>
internal sealed record GetParameterRequest(string? Name, bool? WithDecryption);

internal sealed record GetParameterResponse(ParameterShape Parameter);

/// <param name="LastModifiedDate">Seconds since 1970, with milliseconds.</param>
/// <param name="Selector">What stood behind the name, with its colon; null when nothing did.</param>
internal sealed record ParameterShape(
    string ARN, string DataType, decimal LastModifiedDate, string Name, string? Selector, string Type, string Value,
    long Version)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => ARN;
}

/// <summary>Returns a parameter's latest version, or one that the name selects.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParameter.</remarks>
internal static class GetParameter
{
    /// <exception cref="AwsException">ValidationException, ParameterNotFound, ParameterVersionNotFound; InvalidKeyId:
    /// the key of a SecureString can't be used.</exception>
    public static GetParameterResponse Handle(
        Monitor<SsmState> parameters, GetParameterRequest request, CallScope scope, SecureValue? secure)
    {
        new ModelConstraints()
            .Required("name", request.Name)
            .Length("name", request.Name, 1, SsmLimits.MaxNameCharacters)
            .ThrowIfAny();
        var reference = ParameterReference.TryParse(request.Name!, scope) ?? throw SsmErrors.NotFound();
        var found = parameters.Ask((state, _) => reference.In(state));
        return new GetParameterResponse(
            ShapeOf(found, reference.Selector, scope, request.WithDecryption is true ? secure : null));
    }

    /// <param name="secure">Null to leave a SecureString encrypted.</param>
    public static ParameterShape ShapeOf(
        ParameterVersion version, string? selector, CallScope scope, SecureValue? secure) => new(
            ParameterName.ArnOf(version.Name, "aws", scope.Region, scope.AccountId), ParameterKinds.TextData,
            Seconds(version.LastModified), version.Name, selector is null ? null : $":{selector}", version.Type,
            ValueOf(version, secure), version.Version);

    /// <param name="secure">Null to leave a SecureString encrypted.</param>
    public static string ValueOf(ParameterVersion version, SecureValue? secure) =>
        version.Type == ParameterKinds.Secure && secure is not null ? secure.Decrypt(version) : version.Value;

    /// <summary>An instant as the protocol has it.</summary>
    public static decimal Seconds(DateTimeOffset instant) =>
        Math.Round(instant.ToUnixTimeMilliseconds() / 1_000m, 3);
}
