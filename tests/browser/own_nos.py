"""A plan that suggests a mentor for Jørn, on a ground that holds."""


def a_plan_suggests() -> None:
    """The plan that holds now speaks of Jørn."""
    from tests.world.priorities import a_ground, a_run, a_suggestion
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Tenant, User

    tenant = Tenant.objects.get(code="099")
    a_ground(tenant, User.objects.get(name="Mette"))
    a_suggestion(a_run(tenant), Citizen.objects.get(name="Jørn", tenant_id=tenant.pk))
