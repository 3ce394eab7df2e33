using System.Globalization;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;

namespace Isobar.Local.Lambda.Control;

/// <summary>A function with its versions and aliases. Owned by the registry's monitor.</summary>
/// <param name="latest"><c>$LATEST</c>.</param>
/// <param name="lastVersion">The last number that a function of this name gave; 0 for none.</param>
/// <param name="changes">Noted when another number of environments is to be provisioned.</param>
internal sealed partial class FunctionEntry(
    DeployedFunction latest, int lastVersion, ProvisioningChanges changes)
{
    private readonly SortedDictionary<int, DeployedFunction> versions = [];
    private readonly SortedDictionary<string, FunctionAlias> aliases = new(StringComparer.Ordinal);

    // By qualifier, or the empty text for the function itself.
    private readonly Dictionary<string, ResourcePolicy> policies = new(StringComparer.Ordinal);

    // By qualifier; made once, so that an invocation makes no texts of ARNs.
    private readonly Dictionary<string, ResolvedFunction> resolved = new(StringComparer.Ordinal);
    private readonly ResolvedFunction unqualified = new(latest.Name, latest.Configuration.Arn, null);

    // $LATEST as it was when the newest version was published.
    private DeployedFunction? published;

    public DeployedFunction Latest { get; set; } = latest;

    public int LastVersion { get; private set; } = lastVersion;

    /// <summary>Synchronous requests of all versions, where executions are reserved.</summary>
    public RequestRate Requests { get; } = new();

    /// <summary>How fast it gets environments on demand.</summary>
    public ScaleOut ScaleOut { get; } = new();

    /// <summary>Executions under way on demand that are in this function's own count.</summary>
    public int ReservedInFlight { get; set; }

    /// <summary>Executions under way of all versions, provisioned or on demand.</summary>
    public int Executions { get; set; }

    /// <summary>Executions under way on demand, in whichever count.</summary>
    public int InFlight { get; set; }

    /// <summary>The published versions in the order of their numbers, without <c>$LATEST</c>.</summary>
    public IReadOnlyCollection<DeployedFunction> Versions => versions.Values;

    /// <summary>In the order of their names.</summary>
    public IReadOnlyCollection<FunctionAlias> Aliases => aliases.Values;

    /// <param name="qualifier">A version, an alias, or null.</param>
    /// <returns>Null when there is no such version or alias.</returns>
    public ResolvedFunction? Resolve(string? qualifier)
    {
        if (qualifier is null) return unqualified;
        if (resolved.TryGetValue(qualifier, out var known)) return known;
        if (Find(qualifier) is null) return null;
        return resolved[qualifier] = new ResolvedFunction(Latest.Name, Latest.Configuration.Arn, qualifier);
    }

    /// <summary>A version; of an alias the one that it names first.</summary>
    /// <returns>Null when there is no such version or alias.</returns>
    public DeployedFunction? Find(string? qualifier) => qualifier switch
    {
        null or ResolvedFunction.Latest => Latest,
        _ when aliases.TryGetValue(qualifier, out var alias) => Version(alias.Version),
        _ => Version(qualifier),
    };

    /// <summary>The version that one invocation runs.</summary>
    /// <param name="drawn">At least 0 and less than 1, drawn for this invocation.</param>
    /// <returns>Null when there is no such version or alias.</returns>
    public DeployedFunction? Draw(string? qualifier, double drawn) =>
        qualifier is not null && aliases.TryGetValue(qualifier, out var alias)
            && alias.Additional is { } additional && drawn < additional.Weight
            ? Version(additional.Version)
            : Find(qualifier);

    /// <summary>The policy of the function, or of a version or alias of it: each has its own.</summary>
    /// <param name="qualifier">Null for the function.</param>
    public ResourcePolicy Policy(string? qualifier)
    {
        if (policies.TryGetValue(qualifier ?? "", out var policy)) return policy;
        policy = new ResourcePolicy();
        // One is kept only for what exists.
        if (Find(qualifier) is not null) policies.Add(qualifier ?? "", policy);
        return policy;
    }

    public FunctionAlias? Alias(string name) => aliases.GetValueOrDefault(name);

    /// <summary>
    /// Freezes <c>$LATEST</c> under the next number; if nothing has changed since the newest version, that one stays.
    /// </summary>
    /// <param name="description">Null for the description of <c>$LATEST</c>.</param>
    /// <param name="revisionId">Of the version, if there is a new one.</param>
    /// <param name="latestRevisionId">Of <c>$LATEST</c>: publishing changes it, too.</param>
    public DeployedFunction Publish(
        string? description, DateTimeOffset now, string revisionId, string latestRevisionId)
    {
        if (published is not null && ReferenceEquals(published.Configuration, Latest.Configuration)
            && published.Description == Latest.Description && published.IsConfiguredAs(Latest)
            && versions.TryGetValue(LastVersion, out var newest)) return newest;
        LastVersion++;
        var version = Latest with
        {
            Configuration = Latest.Configuration with
            {
                Version = LastVersion.ToString(CultureInfo.InvariantCulture),
            },
            Description = description ?? Latest.Description,
            LastModified = now,
            RevisionId = revisionId,
        };
        versions.Add(LastVersion, version);
        Latest = Latest with { RevisionId = latestRevisionId };
        published = Latest;
        return version;
    }

    /// <summary>Replaces the code of <c>$LATEST</c>; published versions keep theirs.</summary>
    /// <param name="architecture">Null for the one that it has.</param>
    /// <param name="revisionId">Of <c>$LATEST</c> from now on.</param>
    public DeployedFunction UpdateCode(
        StoredCode code, string? architecture, DateTimeOffset now, string revisionId) => Latest = Latest with
        {
            // The same instance while the code is the same: environments stay warm, and publishing makes no version.
            Configuration = code.Directory == Latest.Configuration.CodeDirectory
                ? Latest.Configuration
                : Latest.Configuration with { CodeDirectory = code.Directory, CodeSha256 = code.Sha256 },
            Code = code,
            Architecture = architecture ?? Latest.Architecture,
            LastModified = now,
            RevisionId = revisionId,
        };

    /// <summary>Replaces the image of <c>$LATEST</c>; published versions keep theirs.</summary>
    /// <param name="architecture">Null for the one that it has.</param>
    /// <param name="revisionId">Of <c>$LATEST</c> from now on.</param>
    public DeployedFunction UpdateImage(
        FunctionImage image, string? architecture, DateTimeOffset now, string revisionId) => Latest = Latest with
        {
            Configuration = image.Image.Digest == Latest.Configuration.CodeSha256
                ? Latest.Configuration
                : image.Apply(Latest.Configuration),
            Code = image.Image.Content,
            Image = image,
            Architecture = architecture ?? Latest.Architecture,
            LastModified = now,
            RevisionId = revisionId,
        };

    /// <summary>Adds an alias or puts it in the place of the one of its name.</summary>
    public void Put(FunctionAlias alias)
    {
        aliases[alias.Name] = alias;
        MoveProvisioned(alias);
    }

    /// <returns>False when there was none.</returns>
    public bool DeleteAlias(string name)
    {
        resolved.Remove(name);
        policies.Remove(name);
        RemoveProvisioned(name);
        return aliases.Remove(name);
    }

    /// <summary>Removes a published version; its number is not given again.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteVersion(string version)
    {
        resolved.Remove(version);
        policies.Remove(version);
        RemoveProvisioned(version);
        return TryNumber(version, out var number) && versions.Remove(number);
    }

    /// <summary>The same, unless an alias points to it.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="Wire.AwsException">ResourceConflictException: an alias points to the version.</exception>
    public bool DeleteUnusedVersion(string version)
    {
        var pointing = aliases.Values
            .Where(alias => alias.Version == version || alias.Additional?.Version == version)
            .Select(alias => alias.Name).ToArray();
        if (pointing.Length > 0)
            throw LambdaErrors.Conflict(
                $"The following aliases reference this version: [{string.Join(", ", pointing)}]. Version: {version}.");
        return DeleteVersion(version);
    }

    private DeployedFunction? Version(string version) => version == ResolvedFunction.Latest
        ? Latest
        : TryNumber(version, out var number) ? versions.GetValueOrDefault(number) : null;

    // 01 is no version: with two names for one, an alias could keep a version that is deleted under the other.
    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text[0] != '0';
}
