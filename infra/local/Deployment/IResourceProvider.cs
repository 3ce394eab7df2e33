using Isobar.Local.Deployment.Updates;

namespace Isobar.Local.Deployment;

/// <summary>Creates the resources of some CloudFormation types, and changes and deletes those that can be.</summary>
internal interface IResourceProvider
{
    /// <summary>The types, for example <c>AWS::SQS::Queue</c>; no two providers share one.</summary>
    IReadOnlyCollection<string> ResourceTypes { get; }

    /// <summary>Creates one resource; what it references exists already.</summary>
    /// <exception cref="DeploymentException">The declaration can't be honoured here. Any other exception is
    /// reported as an error at the resource too, with the exception as its cause.</exception>
    ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration, CancellationToken cancellationToken);

    /// <summary>What an update of a stack may do to resources of a type; unless the provider says otherwise,
    /// nothing.</summary>
    /// <param name="type">One of <see cref="ResourceTypes"/>.</param>
    TypeUpdates UpdatesOf(string type) => TypeUpdates.None;
}
