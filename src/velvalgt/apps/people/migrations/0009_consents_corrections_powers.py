"""What citizens say yes to, what they correct, and who may stand in for them."""

import django.db.models.deletion
import velvalgt.apps.audit.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0008_payment_dates'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Power',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('companion', 'companion'), ('party_representative', 'party representative'), ('digital', 'Digital Fuldmagt'), ('guardian_personal', 'guardian in personal matters'), ('guardian_economic', 'guardian in money matters'), ('mandate_personal', 'future mandate in personal matters'), ('mandate_economic', 'future mandate in money matters'), ('custody', 'custody of somebody under 18')], max_length=24)),
                ('name', models.CharField(max_length=200)),
                ('ends_on', models.DateField(null=True)),
                ('proof', models.CharField(blank=True, max_length=300)),
                ('proof_seen_on', models.DateField(null=True)),
                ('given_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='powers', to='people.citizen')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AlterField(
            model_name='access',
            name='ground',
            field=models.CharField(choices=[('self', 'it is their own case'), ('case', 'their unit has the case'), ('oversight', "the unit checks the law's observance"), ('power', 'they act for the citizen')], max_length=12),
        ),
        migrations.AlterField(
            model_name='access',
            name='purpose',
            field=models.CharField(choices=[('own_case', 'own case'), ('case_work', 'case work'), ('legal_oversight', 'check that the law is followed'), ('administration', 'running the system'), ('import', 'receiving data'), ('law', 'working out what the law asks'), ('log', 'keeping the log'), ('sign_in', 'sign-in'), ('representation', "on somebody's behalf")], max_length=24),
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('choice', models.CharField(choices=[('cv_to_companies', 'show my CV to companies'), ('company_contact', 'be contacted by companies'), ('surveys', 'be asked what I think'), ('obtain', 'fetch information elsewhere'), ('share', 'pass on information')], max_length=16)),
                ('party', models.CharField(blank=True, max_length=200)),
                ('what', models.CharField(blank=True, max_length=500)),
                ('given_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.citizen')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='ConsentWithdrawal',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('withdrawn_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('consent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawal', to='people.consent')),
                ('withdrawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContactDetail',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('field', models.CharField(choices=[('phone', 'phone'), ('email', 'e-mail')], max_length=8)),
                ('value', models.CharField(blank=True, max_length=254)),
                ('given_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contact_details', to='people.citizen')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('fact', models.CharField(choices=[('name', 'name'), ('born', 'born'), ('phone', 'phone'), ('email', 'e-mail'), ('address', 'address'), ('a_kasse', 'unemployment-insurance fund'), ('spell', 'time on benefit'), ('work', 'job'), ('payment', 'payment'), ('wish', 'wish for contact'), ('case', 'team and caseworker'), ('other', 'something else')], max_length=12)),
                ('about', models.UUIDField(null=True)),
                ('stood', models.CharField(max_length=300)),
                ('should_be', models.CharField(max_length=1000)),
                ('why', models.CharField(blank=True, max_length=1000)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='people.citizen')),
            ],
        ),
        migrations.CreateModel(
            name='CorrectionAnswer',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('outcome', models.CharField(choices=[('corrected', 'corrected'), ('passed_on', 'passed on to the source'), ('refused', 'not corrected')], max_length=12)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='people.correction')),
            ],
        ),
        migrations.CreateModel(
            name='CvShare',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('company', models.CharField(max_length=200)),
                ('until', models.DateField()),
                ('shared_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cv_shares', to='people.citizen')),
                ('shared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CvShareEnd',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('share', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='people.cvshare')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CvShareItem',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('heading', models.CharField(max_length=100)),
                ('text', models.TextField(max_length=2000)),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='people.cvshare')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PowerCode',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('power', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='code', serialize=False, to='people.power')),
                ('code_hash', models.BinaryField(max_length=32)),
                ('ends_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='PowerEnd',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('ended_at', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('ended_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('power', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='people.power')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PowerHolder',
            fields=[
                ('tenant_id', models.UUIDField()),
                ('id', models.UUIDField(default=velvalgt.apps.audit.models.new_id, editable=False, primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen')),
                ('power', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='holder', to='people.power')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='powers_held', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['tenant_id', 'citizen', '-given_at'], name='people_consent_of'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('choice__in', ['obtain', 'share']), _negated=True), models.Q(models.Q(('party', ''), _negated=True), models.Q(('what', ''), _negated=True)), _connector='OR'), name='people_consent_in_the_case_is_specific'),
        ),
        migrations.AddIndex(
            model_name='contactdetail',
            index=models.Index(fields=['tenant_id', 'citizen', '-given_at'], name='people_contact_of'),
        ),
        migrations.AddIndex(
            model_name='correction',
            index=models.Index(fields=['tenant_id', 'citizen', '-asked_at'], name='people_correction_of'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('should_be', ''), _negated=True), name='people_correction_says_what'),
        ),
        migrations.AddConstraint(
            model_name='correctionanswer',
            constraint=models.CheckConstraint(condition=models.Q(('outcome', 'refused'), ('words', ''), _negated=True), name='people_correction_refused_with_reason'),
        ),
        migrations.AddField(
            model_name='powercode',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.citizen'),
        ),
        migrations.AddIndex(
            model_name='power',
            index=models.Index(fields=['tenant_id', 'citizen'], name='people_power_of'),
        ),
        migrations.AddConstraint(
            model_name='power',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('companion', 'party_representative')), models.Q(models.Q(('proof', ''), _negated=True), ('proof_seen_on__isnull', False)), _connector='OR'), name='people_power_proof_was_seen'),
        ),
        migrations.AddConstraint(
            model_name='power',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'custody'), _negated=True), ('ends_on__isnull', False), _connector='OR'), name='people_power_custody_ends'),
        ),
        migrations.AddConstraint(
            model_name='powercode',
            constraint=models.UniqueConstraint(fields=('code_hash',), name='people_powercode_once'),
        ),
    ]
