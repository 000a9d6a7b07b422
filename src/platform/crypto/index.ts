export { CryptoModule } from './crypto.module';
export { mask } from './mask';
export { PersonalData } from './personal-data';
