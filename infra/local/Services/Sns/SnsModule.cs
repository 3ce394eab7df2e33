using System.Text;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Sns.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns;

/// <summary>Amazon Simple Notification Service: standard topics, over its Query protocol.</summary>
internal sealed class SnsModule : IServiceModule, IResourceProvider, ITarget, IAsyncDisposable
{
    private readonly Monitor<SnsState> topics;
    private readonly Deliveries deliveries;
    private readonly Publisher publisher;
    private readonly TopicProvider provider;

    public SnsModule(ServiceContext context, SnsLimits? limits = null)
    {
        var (clock, identifiers, journal) = (context.Clock, context.Identifiers, context.Journal);
        limits ??= new SnsLimits();
        topics = new Monitor<SnsState>("sns", new SnsState(limits, journal.Record), clock);
        deliveries = new Deliveries("sns deliveries",
            new OutgoingQueue(limits.MaxPendingDeliveries, limits.MaxPendingBytes, context.Activity),
            context.Directory, clock, journal);
        publisher = new Publisher(
            topics, deliveries, new Envelope(context.Address), limits, identifiers, clock, journal);
        provider = new TopicProvider(topics, identifiers);
        Wire = new AwsQueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/")
            .Add("CreateTopic", (parameters, scope, result) => CreateTopic.Handle(topics, parameters, scope, result),
                (parameters, scope) => parameters.Peek("Name") is { Length: > 0 } name
                    ? [scope.On("CreateTopic", name)]
                    : [])
            .Add("DeleteTopic", (parameters, scope, result) => DeleteTopic.Handle(topics, parameters, scope, result),
                (parameters, scope) => OnTopic("DeleteTopic", parameters, scope))
            .Add("ListTopics", (parameters, _, result) => ListTopics.Handle(topics, parameters, result))
            .Add("GetTopicAttributes",
                (parameters, scope, result) => GetTopicAttributes.Handle(topics, parameters, scope, result),
                (parameters, scope) => OnTopic("GetTopicAttributes", parameters, scope))
            .Add("Subscribe",
                (parameters, scope, result) => Subscribe.Handle(topics, identifiers, parameters, scope, result),
                (parameters, scope) => OnTopic("Subscribe", parameters, scope))
            .Add("Unsubscribe", (parameters, _, result) => Unsubscribe.Handle(topics, parameters, result))
            .Add("ListSubscriptions",
                (parameters, scope, result) => ListSubscriptions.Handle(topics, parameters, scope, result))
            .Add("ListSubscriptionsByTopic",
                (parameters, scope, result) => ListSubscriptions.HandleByTopic(topics, parameters, scope, result),
                (parameters, scope) => OnTopic("ListSubscriptionsByTopic", parameters, scope))
            .Add("GetSubscriptionAttributes",
                (parameters, scope, result) => GetSubscriptionAttributes.Handle(topics, parameters, scope, result))
            .Add("SetSubscriptionAttributes",
                (parameters, _, result) => SetSubscriptionAttributes.Handle(topics, parameters, result))
            .Add("Publish", (parameters, scope, result) => Publish.Handle(publisher, parameters, scope, result),
                (parameters, scope) => OnTopic("Publish", parameters, scope))
            .Add("PublishBatch",
                (parameters, scope, result) => PublishBatch.Handle(publisher, parameters, scope, result),
                (parameters, scope) => OnTopic("Publish", parameters, scope));
    }

    public string SigningName => "sns";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => SnsTemplateParts.Parts;

    public IReadOnlyCollection<string> ResourceTypes { get; } =
        [TopicProvider.TopicType, TopicProvider.SubscriptionType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(provider.Create(declaration));

    public bool Exists(Arn resource) => topics.Ask((state, _) => state.Exists(resource.ToString()));

    public ValueTask DeliverAsync(Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        DeliverAsync(resource, new TargetEvent(payload), cancellationToken);

    /// <summary>Publishes the payload, with its attributes.</summary>
    /// <exception cref="AwsException">NotFound; InvalidParameter: over 256 KiB; Throttled.</exception>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        var draft = new MessageDraft(
            Encoding.UTF8.GetString(happened.Payload.Span), new Dictionary<string, string>(), null,
            happened.Attributes);
        if (draft.Message.Length == 0) throw SnsErrors.InvalidParameter("Empty message");
        if (draft.Bytes > SnsLimits.MaxMessageBytes) throw SnsErrors.MessageTooLong();
        publisher.Publish(resource.ToString(), [draft], happened.TraceHeader);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await deliveries.DisposeAsync();
        topics.Dispose();
    }

    private static IEnumerable<ResourceAction> OnTopic(
        string action, QueryParameters parameters, CallScope scope) =>
        (parameters.Peek("TopicArn") ?? parameters.Peek("TargetArn")) is { Length: > 0 } topic
            ? [scope.On(action, topic)]
            : [];
}
