namespace Isobar.Tidy.Tests.StandIns;

public sealed class VersionTests
{
    [Fact]
    public void Every_stand_in_that_is_needed_is_packed_at_its_pin_with_99999_as_the_fourth_part()
    {
        var expected = Checkout.StandIns.Where(id => !Checkout.IsReal(id))
            .Select(id => (id, Checkout.StandInVersion(id)));

        Assert.Equal(expected, Checkout.Packed.OrderBy(p => p.Id, StringComparer.Ordinal));
    }

    [Fact]
    public void No_stand_in_is_packed_at_its_pin_where_it_would_mask_the_real_package() =>
        Assert.DoesNotContain(Checkout.Packed, p => p.Version == Checkout.Pins[p.Id]);

    [Fact]
    public void No_pin_is_exact_so_that_a_stand_in_may_take_its_place() =>
        Assert.All(Checkout.Pins.Values, version => Assert.Matches(@"^\d+(\.\d+){2,3}$", version));

    [Fact]
    public void What_a_stand_in_needs_of_another_is_its_pin_which_the_real_package_satisfies()
    {
        Checkout.NeedsStandIns("Amazon.Lambda.RuntimeSupport");
        var needs = Checkout.StandIns.Where(id => !Checkout.IsReal(id))
            .SelectMany(id => Package.Dependencies(Checkout.Nupkg(id)))
            .ToList();

        Assert.Contains(needs, need => need.Id == "Amazon.Lambda.Core");
        Assert.All(needs, need => Assert.Equal(Checkout.Pins[need.Id], need.Floor));
    }
}
