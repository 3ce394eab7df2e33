using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3;

/// <summary>Amazon Simple Storage Service: versioned objects on disk, and the events that their changes
/// cause.</summary>
internal sealed class S3Module : IServiceModule, IResourceProvider, ITarget, IAsyncDisposable
{
    private readonly Monitor<S3State> monitor;
    private readonly BlobFiles files;
    private readonly DeliveryWorkers workers;
    private readonly BucketResource buckets;
    private readonly ObjectTarget objects;

    /// <param name="clock">Dates objects and retries.</param>
    /// <param name="realTime">Ends presigned URLs.</param>
    /// <param name="dataDirectory">The module's own: it makes a directory of its own in it and deletes that at the
    /// end.</param>
    public S3Module(
        ServiceClock clock, TimeProvider realTime, Activity activity, Journal journal, Identifiers identifiers,
        TargetDirectory targets, string dataDirectory, string region, S3Limits? limits = null)
    {
        limits ??= new S3Limits();
        monitor = new Monitor<S3State>("s3 event deliveries", new S3State(limits, region, identifiers, activity),
            clock);
        files = new BlobFiles(Path.Combine(dataDirectory, $"s3-{identifiers.NewHex(8)}"));
        var store = new S3Store(monitor, files);
        var notifications = new NotificationDocument(targets, identifiers);
        Wire = new S3Protocol(S3Routes.All(store, files, journal, notifications, realTime, region), realTime);
        buckets = new BucketResource(store, notifications);
        objects = new ObjectTarget(store, files, journal);
        workers = new DeliveryWorkers(store, targets, journal, limits.DeliveryWorkers);
        workers.Start();
    }

    public string SigningName => "s3";

    string ITarget.Service => SigningName;

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } = [BucketResource.ResourceType];

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(buckets.Create(declaration));

    public bool Exists(Arn resource) => objects.Exists(resource);

    /// <summary>Writes the payload as the object that the ARN names.</summary>
    public ValueTask DeliverAsync(Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        objects.PutAsync(resource, payload, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await workers.DisposeAsync();
        monitor.Dispose();
        files.Dispose();
    }
}
