using System.Reflection;
using Isobar.Local.History;

namespace Isobar.Local.Tests.History;

/// <summary>The journal takes nothing but facts, so these are all there are.</summary>
public sealed class FactTests
{
    /// <summary>Facts about the host as a whole: no request, no resource, no trace.</summary>
    private static readonly string[] AboutTheHost =
        ["AsynchronousEventsAbandoned", "RecordsAbandoned", "RecordsTrimmedEarly"];

    private static Type[] Facts { get; } =
        [.. typeof(IFact).Assembly.GetTypes().Where(type => type is { IsInterface: false, IsAbstract: false }
            && type.IsAssignableTo(typeof(IFact)))];

    [Fact]
    public void Every_fact_says_which_resource_it_is_about_or_is_listed_as_one_about_the_host() =>
        Assert.Equal(
            AboutTheHost.Order(),
            Facts.Where(type => !Implements(type, nameof(IFact.Resource))).Select(type => type.Name).Order());

    [Theory]
    [InlineData("RequestId")]
    [InlineData("MessageId")]
    [InlineData("EventId")]
    public void A_fact_that_has_an_id_of_what_it_follows_gives_it_as_its_request_id(string member) =>
        Assert.Empty(Facts.Where(type => type.GetProperty(member) is not null)
            .Where(type => !Implements(type, nameof(IFact.RequestId))).Select(type => type.Name));

    [Fact]
    public void Every_fact_is_an_immutable_record() =>
        Assert.Empty(Facts.Where(type => type.GetMethod("<Clone>$") is null
            || type.GetProperties().Any(property => property.SetMethod is { } set
                && !set.ReturnParameter.GetRequiredCustomModifiers()
                    .Any(modifier => modifier.Name == "IsExternalInit")))
            .Select(type => type.Name));

    [Theory]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:Intake", "lambda:Intake")]
    [InlineData("arn:aws:lambda:us-east-1:000000000000:function:Intake:7", "lambda:Intake:7")]
    [InlineData("arn:aws:s3:::landing", "s3:landing")]
    [InlineData("arn:aws:sns:us-east-1:000000000000:finished", "sns:finished")]
    [InlineData("arn:aws:events:us-east-1:000000000000:rule/bus/name", "events:rule/bus/name")]
    [InlineData("no arn", "no arn")]
    public void A_resource_is_named_by_its_service_and_name(string arn, string expected) =>
        Assert.Equal(expected, FactResource.OfArn(arn));

    [Fact]
    public void Facts_of_all_kinds_are_read_alike()
    {
        IFact[] facts =
        [
            new Local.Services.Sqs.MessageSent("chunks", "m-1", 7) { TraceId = "Root=1-a" },
            new Local.Lambda.Delivery.EventQueued("r-1", "Intake", 7) { TraceId = "Root=1-a" },
            new Local.Services.DeliverySucceeded("arn:aws:s3:::landing", "k#1", "arn", "Root=1-a", 1),
        ];

        Assert.Equal(
            [
                ("m-1", "sqs:chunks", "Root=1-a"), ("r-1", "lambda:Intake", "Root=1-a"),
                ("k#1", "s3:landing", "Root=1-a"),
            ],
            facts.Select(fact => (fact.RequestId!, fact.Resource!, fact.TraceId!)));
    }

    // Whether the type, a base or an interface of it gives the member, and not IFact's own default.
    private static bool Implements(Type type, string member)
    {
        var map = type.GetInterfaceMap(typeof(IFact));
        var index = Array.FindIndex(map.InterfaceMethods, method => method.Name == $"get_{member}");
        return map.TargetMethods[index] is { } target && target.DeclaringType != typeof(IFact);
    }
}
