using System.Text.RegularExpressions;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="ParameterVersion">Null for the latest.</param>
internal sealed record LabelParameterVersionRequest(string? Name, long? ParameterVersion, string[]? Labels);

/// <param name="InvalidLabels">Those that can't be labels.</param>
internal sealed record LabelParameterVersionResponse(string[] InvalidLabels, long ParameterVersion);

internal sealed record UnlabelParameterVersionRequest(string? Name, long? ParameterVersion, string[]? Labels);

/// <param name="InvalidLabels">Those that the version has not.</param>
internal sealed record UnlabelParameterVersionResponse(string[] RemovedLabels, string[] InvalidLabels);

/// <summary>Names for versions of a parameter. A label is at one version: given to another, it moves there.</summary>
/// <remarks>
/// Source: AWS Systems Manager API Reference, LabelParameterVersion and UnlabelParameterVersion; AWS Systems Manager
/// User Guide, "Working with parameter labels".
/// </remarks>
internal static partial class Labels
{
    /// <exception cref="AwsException">ValidationException, ParameterNotFound, ParameterVersionNotFound,
    /// ParameterVersionLabelLimitExceeded.</exception>
    public static LabelParameterVersionResponse Put(
        Monitor<SsmState> parameters, LabelParameterVersionRequest request)
    {
        Check(request.Name, request.Labels).ThrowIfAny();
        var invalid = request.Labels!.Where(label => !Allowed().IsMatch(label)).ToArray();
        var valid = request.Labels!.Except(invalid).ToArray();
        return parameters.Ask((state, _) =>
        {
            var (known, at) = Find(state, request.Name!, request.ParameterVersion);
            var labels = known.Versions[at].Labels;
            labels = labels.AddRange(valid.Except(labels));
            if (labels.Count > SsmLimits.MaxLabels) throw SsmErrors.TooManyLabels();
            for (var i = 0; i < known.Versions.Count; i++)
            {
                var version = known.Versions[i];
                known.Versions[i] = version with { Labels = i == at ? labels : version.Labels.RemoveRange(valid) };
            }

            return new LabelParameterVersionResponse(invalid, known.Versions[at].Version);
        });
    }

    /// <exception cref="AwsException">ValidationException, ParameterNotFound, ParameterVersionNotFound.</exception>
    public static UnlabelParameterVersionResponse Remove(
        Monitor<SsmState> parameters, UnlabelParameterVersionRequest request)
    {
        Check(request.Name, request.Labels).Required("parameterVersion", request.ParameterVersion).ThrowIfAny();
        return parameters.Ask((state, _) =>
        {
            var (known, at) = Find(state, request.Name!, request.ParameterVersion);
            var version = known.Versions[at];
            var removed = request.Labels!.Intersect(version.Labels).ToArray();
            known.Versions[at] = version with { Labels = version.Labels.RemoveRange(removed) };
            return new UnlabelParameterVersionResponse(removed, [.. request.Labels!.Except(removed)]);
        });
    }

    private static ModelConstraints Check(string? name, string[]? labels)
    {
        var constraints = new ModelConstraints()
            .Required("name", name)
            .Length("name", name, 1, SsmLimits.MaxNameCharacters)
            .Required("labels", labels)
            .Length("labels", labels, 1, SsmLimits.MaxLabels);
        foreach (var label in labels ?? [])
            constraints.Required("labels", label).Length("labels", label, 1, SsmLimits.MaxLabelCharacters);
        return constraints;
    }

    private static (Parameter Known, int At) Find(SsmState state, string name, long? version)
    {
        var known = state.Get(name);
        if (version is null) return (known, known.Versions.Count - 1);
        var at = known.Versions.FindIndex(each => each.Version == version);
        return at >= 0 ? (known, at) : throw SsmErrors.VersionNotFound($"{version}", name);
    }

    // It begins with no digit, and not with "aws" or "ssm" in any case.
    [GeneratedRegex(@"^(?!\d|(?i:aws|ssm))[a-zA-Z0-9_.-]+\z", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Allowed();
}
