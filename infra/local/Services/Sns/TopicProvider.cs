using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Sns.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sns;

/// <summary>Creates <c>AWS::SNS::Topic</c> and <c>AWS::SNS::Subscription</c>; Ref gives their ARNs.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, both types.</remarks>
internal sealed class TopicProvider(Regional<Monitor<SnsState>> topics, Identifiers identifiers)
{
    public const string TopicType = "AWS::SNS::Topic";
    public const string SubscriptionType = "AWS::SNS::Subscription";

    /// <exception cref="DeploymentException">A property that is not supported, or not valid.</exception>
    /// <exception cref="AwsException">What the API would answer.</exception>
    public DeployedResource Create(ResourceDeclaration declaration) =>
        declaration.Type == TopicType ? CreateTopic(declaration) : CreateSubscription(declaration);

    public TypeUpdates UpdatesOf(string type) => type == TopicType
        ? TypeUpdates.InPlace(ChangeTopic, deletion => In(deletion.Declaration).Post(
            (state, _) => state.Delete(deletion.Existing.PhysicalId))) with
        {
            Replacement = ["TopicName", "FifoTopic"],
            NameProperty = "TopicName",
        }
        : TypeUpdates.InPlace(ChangeSubscription, deletion => In(deletion.Declaration).Post(
            (state, _) => state.Unsubscribe(deletion.Existing.PhysicalId))) with
        {
            Replacement = ["TopicArn", "Protocol", "Endpoint"],
        };

    private Monitor<SnsState> In(ResourceDeclaration declaration) => topics.In(declaration.Stack.Region);

    private DeployedResource CreateTopic(ResourceDeclaration declaration)
    {
        var (name, displayName, endpoints) = ReadTopic(declaration);
        var arn = ArnOf(declaration, name);
        In(declaration).Post((state, _) =>
        {
            state.Create(arn, displayName);
            foreach (var (protocol, target) in endpoints)
                state.Subscribe(arn, protocol, target, settings => settings, identifiers.NewGuid());
        });
        return DeployedTopic(declaration, arn, name);
    }

    // The subscriptions that the topic itself declares; others are resources of their own, or not the template's.
    private DeployedResource ChangeTopic(ResourceUpdate update)
    {
        var (name, displayName, endpoints) = ReadTopic(update.Declaration);
        var before = ReadTopic(update.Previous).Endpoints;
        var arn = update.Existing.PhysicalId;
        In(update.Declaration).Post((state, _) =>
        {
            state.Name(arn, displayName ?? "");
            foreach (var (protocol, target) in endpoints.Except(before))
                state.Subscribe(arn, protocol, target, settings => settings, identifiers.NewGuid());
            foreach (var gone in state.SubscriptionsOf(arn).Where(subscription =>
                before.Except(endpoints).Contains((subscription.Protocol, subscription.Endpoint))))
                state.Unsubscribe(gone.Arn);
        });
        return DeployedTopic(update.Declaration, arn, name);
    }

    private static (string Name, string? DisplayName, IReadOnlyList<(string Protocol, Arn Target)> Endpoints)
        ReadTopic(ResourceDeclaration declaration)
    {
        var (properties, stack) = (declaration.Properties, declaration.Stack);
        var name = properties.OptionalString("TopicName")
            ?? PhysicalName.Generate(stack, declaration.LogicalId, SnsLimits.MaxTopicNameLength);
        var displayName = properties.OptionalString("DisplayName");
        var subscriptions = (properties.OptionalList("Subscription") ?? [])
            .Select(item => (Protocol: item.RequiredString("Protocol"), Endpoint: item.RequiredString("Endpoint")))
            .ToList();
        if (properties.OptionalBoolean("FifoTopic") is true)
            properties.Refuse("FifoTopic", "must be false: FIFO topics are not supported");
        properties.OptionalString("SignatureVersion", "1");
        properties.OptionalString("TracingConfig", "PassThrough");
        properties.Inert("KmsMasterKeyId", "messages are in memory only, so nothing is encrypted on disk");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Finish();
        return (name, displayName,
            [.. subscriptions.Select(item => (item.Protocol, Subscribe.ReadEndpoint(item.Protocol, item.Endpoint)))]);
    }

    private static string ArnOf(ResourceDeclaration declaration, string name)
    {
        var stack = declaration.Stack;
        return new Arn(stack.Partition, "sns", stack.Region, stack.AccountId, Arns.TopicName(name)).ToString();
    }

    private static DeployedResource DeployedTopic(ResourceDeclaration declaration, string arn, string name) => new(
        declaration.LogicalId, TopicType, arn, arn, new Dictionary<string, string>
        {
            ["TopicArn"] = arn,
            ["TopicName"] = name,
        });

    private DeployedResource CreateSubscription(ResourceDeclaration declaration)
    {
        var (topicArn, protocol, endpoint, attributes) = ReadSubscription(declaration);
        var target = Subscribe.ReadEndpoint(protocol, endpoint);
        var arn = In(declaration).Ask((state, _) => state.Subscribe(topicArn, protocol, target,
            settings => SubscriptionAttributes.Change(settings, attributes, protocol, SubscriptionAttributes.OneOfMany),
            identifiers.NewGuid()));
        return DeployedSubscription(declaration, arn);
    }

    private DeployedResource ChangeSubscription(ResourceUpdate update)
    {
        var (_, protocol, _, attributes) = ReadSubscription(update.Declaration);
        var arn = update.Existing.PhysicalId;
        In(update.Declaration).Post((state, _) => state.Change(arn, _ => SubscriptionAttributes.Change(
            SubscriptionSettings.Default, attributes, protocol, SubscriptionAttributes.OneOfMany)));
        return DeployedSubscription(update.Declaration, arn);
    }

    private static DeployedResource DeployedSubscription(ResourceDeclaration declaration, string arn) => new(
        declaration.LogicalId, SubscriptionType, arn, arn, new Dictionary<string, string> { ["Arn"] = arn });

    private static (string TopicArn, string Protocol, string Endpoint, Dictionary<string, string> Attributes)
        ReadSubscription(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var topicArn = properties.RequiredString("TopicArn");
        var protocol = properties.RequiredString("Protocol");
        var endpoint = properties.RequiredString("Endpoint");
        var region = properties.OptionalString("Region");
        if (region is not null && region != declaration.Stack.Region)
            properties.Refuse("Region", "must be the stack's own: subscriptions across Regions are not supported");
        var attributes = new Dictionary<string, string>();
        // The scope comes first, as a nested policy is only valid with the right one.
        Read(SubscriptionAttributes.FilterPolicyScope,
            properties.OptionalString(SubscriptionAttributes.FilterPolicyScope));
        Read(SubscriptionAttributes.FilterPolicy, properties.OptionalJsonText(SubscriptionAttributes.FilterPolicy));
        Read(SubscriptionAttributes.RawMessageDelivery,
            properties.OptionalBoolean(SubscriptionAttributes.RawMessageDelivery) switch
            {
                null => null,
                true => "true",
                false => "false",
            });
        Read(SubscriptionAttributes.RedrivePolicy, properties.OptionalJsonText(SubscriptionAttributes.RedrivePolicy));
        properties.Finish();
        return (topicArn, protocol, endpoint, attributes);

        void Read(string name, string? value)
        {
            if (value is not null) attributes[name] = value;
        }
    }
}
