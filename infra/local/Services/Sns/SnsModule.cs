using System.Text;
using System.Xml;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Sns.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns;

/// <summary>Amazon Simple Notification Service: standard topics, over its Query protocol.</summary>
internal sealed class SnsModule : IServiceModule, IResourceProvider, ITarget, IAsyncDisposable
{
    private readonly Regional<Monitor<SnsState>> topics;
    private readonly Deliveries deliveries;
    private readonly Publisher publisher;
    private readonly TopicProvider provider;

    public SnsModule(ServiceContext context, SnsLimits? limits = null)
    {
        var (clock, identifiers, journal) = (context.Clock, context.Identifiers, context.Journal);
        limits ??= new SnsLimits();
        topics = new Regional<Monitor<SnsState>>(_ => new Monitor<SnsState, IFact>(
            "sns", new SnsState(limits), clock, (fact, _) => journal.Record(fact)));
        deliveries = new Deliveries("sns deliveries",
            new OutgoingQueue(limits.MaxPendingDeliveries, limits.MaxPendingBytes),
            context.Directory, clock, journal);
        publisher = new Publisher(
            topics, deliveries, new Envelope(context.Address), limits, identifiers, clock, journal);
        provider = new TopicProvider(topics, identifiers);
        Wire = Operations(identifiers);
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

    public TypeUpdates UpdatesOf(string type) => provider.UpdatesOf(type);

    public bool Exists(Arn resource) =>
        topics.Find(resource.Region)?.Ask((state, _) => state.Exists(resource.ToString())) is true;

    /// <summary>Publishes the payload, with its attributes.</summary>
    /// <exception cref="AwsException">NotFound; InvalidParameter: over 256 KiB; Throttled.</exception>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        var draft = new MessageDraft(
            Encoding.UTF8.GetString(happened.Payload.Span), new Dictionary<string, string>(), happened.Subject,
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

    private AwsQueryProtocol Operations(Identifiers identifiers)
    {
        var wire = new AwsQueryProtocol("http://sns.amazonaws.com/doc/2010-03-31/");
        Add("CreateTopic", CreateTopic.Handle, OnNewTopic);
        Add("DeleteTopic", DeleteTopic.Handle, OnTopic("DeleteTopic"));
        Add("ListTopics", (region, parameters, _, result) => ListTopics.Handle(region, parameters, result));
        Add("GetTopicAttributes", GetTopicAttributes.Handle, OnTopic("GetTopicAttributes"));
        Add("Subscribe",
            (region, parameters, scope, result) => Subscribe.Handle(region, identifiers, parameters, scope, result),
            OnTopic("Subscribe"));
        Add("ConfirmSubscription",
            (_, parameters, scope, result) => ConfirmSubscription.Handle(parameters, scope, result),
            OnTopic("ConfirmSubscription"));
        Add("Unsubscribe", (region, parameters, _, result) => Unsubscribe.Handle(region, parameters, result));
        Add("ListSubscriptions", ListSubscriptions.Handle);
        Add("ListSubscriptionsByTopic", ListSubscriptions.HandleByTopic, OnTopic("ListSubscriptionsByTopic"));
        Add("GetSubscriptionAttributes", GetSubscriptionAttributes.Handle);
        Add("SetSubscriptionAttributes",
            (region, parameters, _, result) => SetSubscriptionAttributes.Handle(region, parameters, result));
        Add("Publish",
            (_, parameters, scope, result) => Publish.Handle(publisher, parameters, scope, result), OnTopic("Publish"));
        Add("PublishBatch",
            (_, parameters, scope, result) => PublishBatch.Handle(publisher, parameters, scope, result),
            OnTopic("Publish"));
        return wire;

        void Add(
            string operation, Action<Monitor<SnsState>, QueryParameters, CallScope, XmlWriter> handle,
            Func<QueryParameters, CallScope, IEnumerable<ResourceAction>>? actions = null) => wire.Add(
                operation,
                (parameters, scope, result) => handle(topics.In(scope.Region), parameters, scope, result), actions);
    }

    /// <summary>An action on the topic of a request; a batch needs the permission of its single operation.</summary>
    private static Func<QueryParameters, CallScope, IEnumerable<ResourceAction>> OnTopic(string action) =>
        (parameters, scope) =>
            (parameters.Peek("TopicArn") ?? parameters.Peek("TargetArn")) is { Length: > 0 } topic
                ? [scope.On(action, topic)]
                : [];

    private static IEnumerable<ResourceAction> OnNewTopic(QueryParameters parameters, CallScope scope) =>
        parameters.Peek("Name") is { Length: > 0 } name ? [scope.On("CreateTopic", name)] : [];
}
