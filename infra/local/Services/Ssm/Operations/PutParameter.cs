using System.Text;
using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="KeyId">Of a SecureString: a key's id or ARN, or an alias; null for the account's default key.</param>
/// <param name="Tags">Of a new parameter.</param>
internal sealed record PutParameterRequest(
    string? Name, string? Value, string? Type, string? DataType, bool? Overwrite, string? Tier, string? Description,
    string? KeyId, string? AllowedPattern, Tag[]? Tags)
{
    /// <summary>Without the value.</summary>
    public override string ToString() => $"{nameof(PutParameterRequest)} of {Name}";
}

internal sealed record PutParameterResponse(string Tier, long Version);

/// <summary>Writes a parameter's first or, with Overwrite, next version.</summary>
/// <remarks>
/// Source: AWS Systems Manager API Reference, PutParameter. What an overwrite leaves out (type, description, allowed
/// pattern) stays as it was.
/// </remarks>
internal static partial class PutParameter
{
    /// <summary>Who writes.</summary>
    /// <param name="User">ARN of the caller.</param>
    /// <param name="Secure">Encrypts for the caller; null where nothing can.</param>
    internal readonly record struct Writer(string Region, string AccountId, string User, SecureValue? Secure);

    /// <exception cref="AwsException">ValidationException, AccessDeniedException,
    /// HierarchyLevelLimitExceededException, InvalidAllowedPatternException, ParameterPatternMismatchException,
    /// InvalidKeyId, ParameterAlreadyExists, ParameterLimitExceeded, ParameterMaxVersionLimitExceeded.</exception>
    public static PutParameterResponse Handle(
        Monitor<SsmState> parameters, PutParameterRequest request, Writer writer)
    {
        CheckModel(request);
        var name = request.Name!;
        ParameterName.Check(name, writer.Region, writer.AccountId);
        if (request.DataType is not (null or ParameterKinds.TextData))
            throw SsmErrors.Validation(
                $"The following data type is not supported: {request.DataType} (Data type names are all lowercase.)");
        var tags = Tag.Checked(request.Tags ?? []);
        if (request.Overwrite is true && tags.Count > 0) throw SsmErrors.TagsWithOverwrite();
        var known = parameters.Ask((state, _) => state.Find(name)?.Latest);
        if (known is not null && request.Overwrite is not true) throw SsmErrors.AlreadyExists();
        var version = VersionOf(request, known, writer);
        var written = parameters.Ask((state, now) =>
        {
            var put = state.Put(version, request.Overwrite is true, now);
            foreach (var (key, value) in tags) state.Get(name).Tags[key] = value;
            return put;
        });
        return new PutParameterResponse(written.Tier, written.Version);
    }

    private static ParameterVersion VersionOf(PutParameterRequest request, ParameterVersion? known, Writer writer)
    {
        var (name, value) = (request.Name!, request.Value!);
        var type = request.Type ?? known?.Type
            ?? throw SsmErrors.Validation("A parameter type is required when you create a parameter.");
        var isSecure = type == ParameterKinds.Secure;
        if (isSecure && writer.Secure is null)
            throw SsmErrors.NotSupported($"The parameter type {type} is not supported.");
        if (!isSecure && request.KeyId is not null) throw SsmErrors.KeyOfPlainText();
        var tier = TierOf(request.Tier, known?.Tier, isSecure ? Encoding.UTF8.GetByteCount(value) : value.Length);
        var pattern = request.AllowedPattern ?? known?.AllowedPattern ?? "";
        CheckPattern(pattern, value);
        var keyId = isSecure ? request.KeyId ?? ParameterKinds.DefaultKey : null;
        return new ParameterVersion(
            name, isSecure ? writer.Secure!.Encrypt(name, value, tier, keyId!) : value, 0, default)
        {
            Type = type,
            Tier = tier,
            KeyId = keyId,
            Description = request.Description ?? known?.Description ?? "",
            AllowedPattern = pattern,
            LastModifiedUser = writer.User,
        };
    }

    /// <param name="length">Of the value, in what the limits count.</param>
    private static string TierOf(string? wanted, string? known, int length)
    {
        if (known == ParameterKinds.Advanced && wanted == ParameterKinds.Standard) throw SsmErrors.NoDowngrade();
        var isAdvanced = wanted == ParameterKinds.Advanced || known == ParameterKinds.Advanced
            || (wanted == ParameterKinds.Intelligent && length > SsmLimits.MaxValueCharacters);
        if (length > (isAdvanced ? SsmLimits.MaxAdvancedValueCharacters : SsmLimits.MaxValueCharacters))
            throw SsmErrors.ValueTooLong(isAdvanced);
        return isAdvanced ? ParameterKinds.Advanced : ParameterKinds.Standard;
    }

    /// <summary>The constraints that the service's model states, all of them at once.</summary>
    private static void CheckModel(PutParameterRequest request) => new ModelConstraints()
        .Required("value", request.Value)
        .Length("value", request.Value, 1, int.MaxValue)
        .Required("name", request.Name)
        .Length("name", request.Name, 1, SsmLimits.MaxNameCharacters)
        .OneOf("type", request.Type, ParameterKinds.Types)
        .OneOf("tier", request.Tier, ParameterKinds.Tiers)
        .Length("description", request.Description, 0, SsmLimits.MaxDescriptionCharacters)
        .Length("allowedPattern", request.AllowedPattern, 0, SsmLimits.MaxPatternCharacters)
        .Length("keyId", request.KeyId, 1, SsmLimits.MaxKeyIdCharacters)
        .Matches("keyId", request.KeyId, KeyIdPattern())
        .ThrowIfAny();

    private static void CheckPattern(string pattern, string value)
    {
        if (pattern.Length == 0) return;
        try
        {
            if (!Regex.IsMatch(
                value, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
                throw SsmErrors.PatternMismatch(pattern);
        }
        catch (ArgumentException)
        {
            throw SsmErrors.InvalidPattern(pattern);
        }
        catch (RegexMatchTimeoutException)
        {
            throw SsmErrors.PatternMismatch(pattern);
        }
    }

    [GeneratedRegex("^([a-zA-Z0-9:/_-]+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyIdPattern();
}
