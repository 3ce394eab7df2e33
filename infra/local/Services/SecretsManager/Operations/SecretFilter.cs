namespace Isobar.Local.Services.SecretsManager.Operations;

/// <summary>A condition of a list: one of the values is the beginning of what the key names.</summary>
/// <remarks>
/// Source: AWS Secrets Manager API Reference, Filter: names and tags count capitals, descriptions do not; an
/// exclamation mark before a value means its opposite.
/// </remarks>
internal sealed record SecretFilter(string Key, IReadOnlyList<string> Values)
{
    /// <exception cref="Wire.AwsException">InvalidParameterException: another key, or no values.</exception>
    public static SecretFilter Of(FilterShape shape) =>
        shape is { Key: "name" or "description" or "tag-key" or "tag-value", Values.Count: > 0 }
        && shape.Values.Count <= SecretsLimits.MaxFilterValues
            ? new SecretFilter(shape.Key, shape.Values)
            : throw SecretsErrors.InvalidParameter(
                $"The filter {shape.Key} is not supported here, or has no values, or more than "
                    + $"{SecretsLimits.MaxFilterValues}.");

    public bool Matches(Secret secret) => Values.Any(
        value => value.StartsWith('!') ? !Begins(secret, value[1..]) : Begins(secret, value));

    private bool Begins(Secret secret, string value) => Key switch
    {
        "name" => secret.Name.StartsWith(value, StringComparison.Ordinal),
        "description" => secret.Description?.StartsWith(value, StringComparison.OrdinalIgnoreCase) is true,
        "tag-key" => secret.Tags.Keys.Any(key => key.StartsWith(value, StringComparison.Ordinal)),
        _ => secret.Tags.Values.Any(text => text.StartsWith(value, StringComparison.Ordinal)),
    };
}
