using System.Xml;
using System.Xml.Linq;
using Isobar.Local.Ownership;
using Isobar.Local.Services.S3.Rest;

namespace Isobar.Local.Services.S3.Notifications;

/// <summary>A bucket's notification configuration as XML.</summary>
internal sealed class NotificationDocument(ServiceDirectory directory, Identifiers identifiers)
{
    private static readonly string[] Others =
        ["QueueConfiguration", "TopicConfiguration", "QueueConfigurations", "TopicConfigurations"];

    private const string EventBridge = "EventBridgeConfiguration";

    /// <summary>Reads and validates a configuration.</summary>
    /// <param name="checkTargets">Whether every function must exist.</param>
    /// <exception cref="Wire.AwsException">MalformedXML, InvalidArgument, NotImplemented.</exception>
    public NotificationConfiguration Read(ReadOnlyMemory<byte> document, bool checkTargets)
    {
        var root = S3Xml.Read(document, "NotificationConfiguration");
        foreach (var child in root.Elements())
            if (Others.Contains(child.Name.LocalName)) throw S3Errors.NotImplemented(child.Name.LocalName);
        root.Only("CloudFunctionConfiguration", EventBridge);
        NotificationRule[] rules = [.. root.Elements("CloudFunctionConfiguration").Select(ReadRule)];
        foreach (var rule in rules) CheckTarget(rule.Target, checkTargets);
        return new NotificationConfiguration(rules, root.Element(EventBridge)?.Only() is not null).Validated();
    }

    /// <exception cref="Wire.AwsException">InvalidArgument: no ARN, or no such function.</exception>
    public void CheckTarget(string target, bool mustExist)
    {
        if (Arn.TryParse(target) is not { } arn)
            throw S3Errors.InvalidArgument("The ARN could not be parsed", "CloudFunction", target);
        if (mustExist && directory.Find<ITarget>(arn) is null) throw S3Errors.BadDestination(target);
    }

    public static void Write(XmlWriter xml, NotificationConfiguration configuration)
    {
        foreach (var rule in configuration.Rules)
        {
            xml.WriteStartElement("CloudFunctionConfiguration");
            xml.WriteElementString("Id", rule.Id);
            xml.WriteElementString("CloudFunction", rule.Target);
            foreach (var name in rule.Events) xml.WriteElementString("Event", name);
            if (rule.Prefix.Length > 0 || rule.Suffix.Length > 0)
            {
                xml.WriteStartElement("Filter");
                xml.WriteStartElement("S3Key");
                WriteFilter(xml, "Prefix", rule.Prefix);
                WriteFilter(xml, "Suffix", rule.Suffix);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        if (!configuration.TellsEventBridge) return;
        xml.WriteStartElement(EventBridge);
        xml.WriteEndElement();
    }

    private static void WriteFilter(XmlWriter xml, string name, string value)
    {
        if (value.Length == 0) return;
        xml.WriteStartElement("FilterRule");
        xml.WriteElementString("Name", name);
        xml.WriteElementString("Value", value);
        xml.WriteEndElement();
    }

    private NotificationRule ReadRule(XElement configuration)
    {
        configuration.Only("Id", "CloudFunction", "Event", "Filter");
        var (prefix, suffix) = ReadFilter(configuration.Element("Filter"));
        string[] events = [.. configuration.Elements("Event").Select(element => element.Value)];
        if (events.Length == 0) throw S3Errors.MalformedXml();
        return new NotificationRule(
            configuration.Text("Id") is { Length: > 0 } id ? id : identifiers.NewGuid().ToString(),
            configuration.Text("CloudFunction") ?? throw S3Errors.MalformedXml(), events, prefix, suffix);
    }

    private static (string Prefix, string Suffix) ReadFilter(XElement? filter)
    {
        var key = filter?.Only("S3Key").Element("S3Key")?.Only("FilterRule");
        return ReadRules(key?.Elements("FilterRule").Select(rule =>
        {
            rule.Only("Name", "Value");
            return (rule.Text("Name") ?? throw S3Errors.MalformedXml(), rule.Text("Value") ?? "");
        }) ?? []);
    }

    /// <summary>Reads the rules of a filter, of which each kind may come once.</summary>
    /// <exception cref="Wire.AwsException">InvalidArgument.</exception>
    public static (string Prefix, string Suffix) ReadRules(IEnumerable<(string Name, string Value)> rules)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in rules)
        {
            if (!name.Equals("prefix", StringComparison.OrdinalIgnoreCase)
                && !name.Equals("suffix", StringComparison.OrdinalIgnoreCase))
                throw S3Errors.InvalidArgument(
                    "filter rule name must be either prefix or suffix", "FilterRule.Name", name);
            if (!found.TryAdd(name, value))
                throw S3Errors.InvalidArgument(
                    $"Cannot specify more than one {name.ToLowerInvariant()} rule in a filter.", "FilterRule.Name",
                        name);
        }

        return (found.GetValueOrDefault("prefix", ""), found.GetValueOrDefault("suffix", ""));
    }
}
