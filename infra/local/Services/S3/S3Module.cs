using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Payload;
using Isobar.Local.Services.S3.Rest;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3;

/// <summary>Amazon Simple Storage Service: versioned objects on disk, and the events that their changes
/// cause.</summary>
internal sealed class S3Module : IServiceModule, IResourceProvider, ITarget, IObjectSource, IAsyncDisposable
{
    private readonly Monitor<S3State, OutgoingEffect> monitor;
    private readonly BlobFiles files;
    private readonly DeliveryAttempts deliveries;
    private readonly BucketResource buckets;
    private readonly ObjectTarget objects;
    private readonly ObjectReader reader;

    public S3Module(ServiceContext context, S3Limits? limits = null)
    {
        var (clock, realTime, journal, identifiers) =
            (context.Clock, context.RealTime, context.Journal, context.Identifiers);
        limits ??= new S3Limits();
        deliveries = new DeliveryAttempts(
            context.Directory, journal, message => monitor!.Post((state, now) => message(state.Deliveries, now)));
        monitor = new Monitor<S3State, OutgoingEffect>(
            "s3 event deliveries", new S3State(limits, context.AccountId, identifiers), clock, deliveries.Perform);
        files = new BlobFiles(Path.Combine(context.DataDirectory, $"s3-{identifiers.NewHex(8)}"));
        var store = new S3Store(monitor, files);
        var notifications = new NotificationDocument(context.Directory, identifiers);
        Wire = new S3Protocol(S3Routes.All(store, files, journal, notifications, realTime), realTime);
        buckets = new BucketResource(store, notifications);
        objects = new ObjectTarget(store, files, journal);
        reader = new ObjectReader(store, files);
    }

    public string SigningName => "s3";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => S3TemplateParts.Parts;

    bool IServiceModule.AnswersUnsigned => true;

    /// <summary>Requests by their tier.</summary>
    /// <remarks>Source: Amazon S3 pricing, "Requests &amp; data retrievals": DELETE is free.</remarks>
    public IEnumerable<Charge> ChargesOf(CallAnswered call) => call switch
    {
        { Method: "DELETE" or "OPTIONS" } or { Operation: "DeleteObject" } => [],
        { Method: "PUT" or "POST" } => [new Charge(Meter.StorageWrites, 1)],
        { Method: "GET" } when call.Operation.StartsWith("List", StringComparison.Ordinal) =>
            [new Charge(Meter.StorageWrites, 1)],
        _ => [new Charge(Meter.StorageReads, 1)],
    };

    public IReadOnlyCollection<string> ResourceTypes { get; } = [BucketResource.ResourceType];

    public ValueTask<DeployedResource> CreateAsync(ResourceDeclaration declaration,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(buckets.Create(declaration));

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(buckets.Change, buckets.Delete) with
    {
        Replacement = ["BucketName"],
        NameProperty = "BucketName",
    };

    public bool Exists(Arn resource) => objects.Exists(resource);

    /// <summary>Writes the payload as the object that the ARN names.</summary>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken) =>
        objects.PutAsync(resource, happened.Payload, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CopyAsync(
        Arn resource, string? versionId, Stream target, long maxBytes, CancellationToken cancellationToken) =>
        reader.CopyAsync(resource, versionId, target, maxBytes, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await deliveries.DisposeAsync();
        monitor.Dispose();
        files.Dispose();
    }
}
