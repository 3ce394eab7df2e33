using System.Reflection;
using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

/// <summary>What all services of the host add to templates: every static property of that type.</summary>
internal static class HostTemplateParts
{
    public static TemplateParts All { get; } = TemplateParts.Join(
        from type in typeof(TemplateParts).Assembly.GetTypes()
        where type != typeof(TemplateParts)
        orderby type.FullName
        from property in type.GetProperties(BindingFlags.Public | BindingFlags.Static)
        where property.PropertyType == typeof(TemplateParts)
        select (TemplateParts)property.GetValue(null)!);
}
