using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Packages;
using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>
/// One AWS service of the host, in a folder of its own, with everything that the rest of the host uses of it. A module
/// whose resources the template declares is also an <see cref="IResourceProvider"/>; one that other services find by
/// ARN has an <see cref="IServiceRole"/>.
/// </summary>
internal interface IServiceModule
{
    /// <summary>The service's name in SigV4 scopes and ARNs: <c>sqs</c>, <c>dynamodb</c>.</summary>
    string SigningName { get; }

    /// <summary>Answers the service's API; null while no operation of it is built.</summary>
    IWireProtocol? Wire { get; }

    /// <summary>Whether <see cref="Wire"/> also answers requests without a signature; one service does.</summary>
    bool AnswersUnsigned => false;

    /// <summary>By path prefix, what answers requests without a signature beside <see cref="Wire"/>.</summary>
    IReadOnlyDictionary<string, RequestDelegate> Paths => new Dictionary<string, RequestDelegate>();

    /// <summary>
    /// What AWS charges for a call of the API, apart from what its operation notes in <see cref="CallScope.Meter"/>.
    /// </summary>
    /// <returns>Nothing for services whose API costs nothing.</returns>
    IEnumerable<Charge> ChargesOf(CallAnswered call) => [];

    /// <summary>Whether AWS charges for any call of the service.</summary>
    bool ChargesForCalls => true;

    /// <summary>What deploys the service's resources.</summary>
    IReadOnlyList<IResourceProvider> Providers => this is IResourceProvider provider ? [provider] : [];

    /// <summary>Packages the code that templates refer to; one service does.</summary>
    ICodePackager? Packager => null;

    /// <summary>What the service adds to templates beside its resources.</summary>
    TemplateParts TemplateParts => TemplateParts.None;
}
