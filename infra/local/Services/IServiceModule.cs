using Isobar.Local.Wire;

namespace Isobar.Local.Services;

/// <summary>
/// One AWS service of the host, a folder of its own. A module that can be deployed from the template is also an
/// <c>IResourceProvider</c>; one that events can be delivered to is an <see cref="ITarget"/>; one that can be
/// invoked and waited for is an <see cref="IInvoker"/>; one with queues that a mapping can read is an
/// <see cref="IQueueSource"/>.
/// </summary>
internal interface IServiceModule
{
    /// <summary>The service's name in SigV4 scopes and ARNs: <c>sqs</c>, <c>dynamodb</c>.</summary>
    string SigningName { get; }

    IWireProtocol Wire { get; }
}
