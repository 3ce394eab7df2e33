using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy.Operations;

/// <param name="ComputePlatform">Lambda; the default, Server, is not built.</param>
internal sealed record CreateApplicationRequest(string? ApplicationName, string? ComputePlatform);

internal sealed record CreateApplicationResponse(string ApplicationId);

internal sealed record DeleteApplicationRequest(string? ApplicationName);

/// <summary>An answer without members.</summary>
internal sealed record EmptyResponse;

internal sealed record GetApplicationRequest(string? ApplicationName);

internal sealed record GetApplicationResponse(ApplicationShape Application);

internal sealed record ApplicationShape(
    string ApplicationId, string ApplicationName, decimal CreateTime, bool LinkedToGitHub, string ComputePlatform);

internal sealed record ListApplicationsResponse(IReadOnlyList<string> Applications, string? NextToken);

/// <summary>Makes, shows and deletes applications.</summary>
/// <remarks>Source: AWS CodeDeploy API Reference, CreateApplication, GetApplication, ListApplications,
/// DeleteApplication.</remarks>
internal static class Applications
{
    /// <exception cref="AwsException">ApplicationNameRequiredException, InvalidApplicationNameException,
    /// ApplicationAlreadyExistsException, ApplicationLimitExceededException.</exception>
    public static CreateApplicationResponse Create(
        Monitor<CodeDeployState> state, CreateApplicationRequest request, Identifiers identifiers)
    {
        if (request.ApplicationName is not { Length: > 0 } name) throw CodeDeployErrors.ApplicationRequired();
        if (name.Length > CodeDeployLimits.MaxNameCharacters) throw CodeDeployErrors.InvalidName("Application");
        if (request.ComputePlatform is not Shapes.Lambda)
            throw CodeDeployErrors.NotSupported(
                "The compute platform must be Lambda here; Server, the default, and ECS are not built.");
        var id = identifiers.NewGuid().ToString();
        state.Post((known, now) => known.Add(new DeploymentApplication(name, id, now)));
        return new CreateApplicationResponse(id);
    }

    /// <summary>Deletes an application with its groups; one that is not there is passed over.</summary>
    /// <exception cref="AwsException">ApplicationNameRequiredException.</exception>
    public static EmptyResponse Delete(Monitor<CodeDeployState> state, DeleteApplicationRequest request)
    {
        if (request.ApplicationName is not { Length: > 0 } name) throw CodeDeployErrors.ApplicationRequired();
        state.Post((known, _) => known.DeleteApplication(name));
        return new EmptyResponse();
    }

    /// <exception cref="AwsException">ApplicationNameRequiredException, ApplicationDoesNotExistException.</exception>
    public static GetApplicationResponse Get(Monitor<CodeDeployState> state, GetApplicationRequest request)
    {
        if (request.ApplicationName is not { Length: > 0 } name) throw CodeDeployErrors.ApplicationRequired();
        return state.Ask((known, _) =>
        {
            var application = known.Application(name);
            return new GetApplicationResponse(new ApplicationShape(
                application.Id, application.Name, Shapes.Seconds(application.Created), false, Shapes.Lambda));
        });
    }

    /// <exception cref="AwsException">InvalidNextTokenException.</exception>
    public static ListApplicationsResponse List(Monitor<CodeDeployState> state, ListRequest request)
    {
        var (names, next) = state.Ask((known, _) => Page.Of(known.Applications, request.NextToken));
        return new ListApplicationsResponse(names, next);
    }
}
