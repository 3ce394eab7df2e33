using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <param name="Names">1 to 10, each as GetParameter takes it.</param>
internal sealed record GetParametersRequest(string[]? Names, bool? WithDecryption);

/// <param name="InvalidParameters">The names of which there is no parameter or no such version.</param>
internal sealed record GetParametersResponse(ParameterShape[] Parameters, string[] InvalidParameters);

/// <summary>Returns several parameters at once, and the names of which there are none.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, GetParameters.</remarks>
internal static class GetParameters
{
    /// <exception cref="AwsException">ValidationException; InvalidKeyId: the key of one of them can't be used.
    /// </exception>
    public static GetParametersResponse Handle(
        Monitor<SsmState> parameters, GetParametersRequest request, CallScope scope, SecureValue? secure)
    {
        CheckNames(request.Names);
        List<(ParameterVersion Version, string? Selector)> found = [];
        List<string> invalid = [];
        parameters.Post((state, _) =>
        {
            foreach (var name in request.Names!.Distinct())
            {
                var reference = ParameterReference.TryParse(name, scope);
                var version = reference is null
                    ? null
                    : state.Find(reference.NameIn(state))?.Find(reference.Selector);
                if (version is not null)
                    found.Add((version, reference!.Selector));
                else
                    invalid.Add(name);
            }
        });
        return new GetParametersResponse(
            [
                .. found.Select(each => GetParameter.ShapeOf(
                    each.Version, each.Selector, scope, request.WithDecryption is true ? secure : null)),
            ],
            [.. invalid]);
    }

    /// <exception cref="AwsException">ValidationException.</exception>
    public static void CheckNames(string[]? names)
    {
        var constraints = new ModelConstraints()
            .Required("names", names).Length("names", names, 1, SsmLimits.MaxNamesInRequest);
        foreach (var name in names ?? [])
            constraints.Required("names", name).Length("names", name, 1, SsmLimits.MaxNameCharacters);
        constraints.ThrowIfAny();
    }
}
