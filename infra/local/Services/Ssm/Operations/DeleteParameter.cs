using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm.Operations;

/// <summary>The answer of the operations that return nothing.</summary>
internal sealed record EmptyResponse;

internal sealed record DeleteParameterRequest(string? Name);

internal sealed record DeleteParametersRequest(string[]? Names);

/// <param name="InvalidParameters">The names of which there is no parameter.</param>
internal sealed record DeleteParametersResponse(string[] DeletedParameters, string[] InvalidParameters);

/// <summary>Deletes parameters with all their versions.</summary>
/// <remarks>Source: AWS Systems Manager API Reference, DeleteParameter and DeleteParameters.</remarks>
internal static class DeleteParameter
{
    /// <exception cref="AwsException">ValidationException, ParameterNotFound.</exception>
    public static EmptyResponse Handle(Monitor<SsmState> parameters, DeleteParameterRequest request)
    {
        new ModelConstraints()
            .Required("name", request.Name)
            .Length("name", request.Name, 1, SsmLimits.MaxNameCharacters)
            .ThrowIfAny();
        return parameters.Ask((state, _) => state.Delete(request.Name!))
            ? new EmptyResponse()
            : throw SsmErrors.NotFound();
    }

    /// <summary>Deletes up to 10 parameters; those that are not there are told.</summary>
    /// <exception cref="AwsException">ValidationException.</exception>
    public static DeleteParametersResponse HandleSeveral(
        Monitor<SsmState> parameters, DeleteParametersRequest request)
    {
        GetParameters.CheckNames(request.Names);
        return parameters.Ask((state, _) =>
        {
            var deleted = request.Names!.Where(state.Delete).ToArray();
            return new DeleteParametersResponse(deleted, [.. request.Names!.Except(deleted)]);
        });
    }
}
